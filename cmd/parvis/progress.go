package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// barWidth is the length of a bar, in characters: with its label it fits half a terminal.
const barWidth = 24

// bar shows how far a command has come, on one line of the error output, redrawn in place. It knows no colour
// and no escape sequence, so that NO_COLOR has nothing to take away. Where nobody looks it shows nothing.
type bar struct {
	out     io.Writer // nil: not shown
	label   string
	percent int
	width   int // of what is drawn
}

// bar makes the bar of this run. It is shown on a terminal that can return to the start of its line.
func (c *call) bar() *bar {
	b := &bar{label: c.text.T("cmd." + c.flags.Name() + ".doing"), percent: -1}
	if !*c.quiet && isTerminal(c.err) && c.env("TERM") != "dumb" {
		b.out = c.err
	}
	return b
}

// show draws done of total, in whatever unit; it writes only when the percentage changes.
func (b *bar) show(done, total int64) {
	if b.out == nil || total <= 0 {
		return
	}
	percent := int(float64(min(max(done, 0), total)) / float64(total) * 100)
	if percent == b.percent {
		return
	}
	full := percent * barWidth / 100
	line := fmt.Sprintf("%s [%s%s] %3d %%", b.label, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), percent)
	fmt.Fprint(b.out, "\r", line)
	b.percent, b.width = percent, utf8.RuneCountInString(line)
}

// clear leaves the line empty for what the command has to say.
func (b *bar) clear() {
	if b.width > 0 {
		fmt.Fprint(b.out, "\r", strings.Repeat(" ", b.width), "\r")
	}
	b.width, b.percent = 0, -1
}
