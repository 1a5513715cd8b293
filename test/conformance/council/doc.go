// Package council compares what the committees export with tools that are not ours: npm tableschema reads
// the SCDL file, ical.js the calendars. The tests say so in one line and stop when the tools are not
// installed (npm ci).
package council
