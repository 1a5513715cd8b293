package workspace

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/tabular"
)

// filed is an edition of a paper as the archive holds it, of a committee, of a project or of a strategy.
type filed struct {
	committee, of string // the committee, if it is of one; the number of the sitting, of the project, of the strategy
	day           string // of the sitting
	rank          int    // on its agenda
	matter        string
	id, thread    id.ID
	edition       int
	kind, title   string
	added, gone   calendar.Day
	kept          blob.Blob
	link          string
}

// eachPaper gives do the papers of every room, little by little.
func (a *archiving) eachPaper(ctx context.Context, do func(filed) error) error {
	err := a.Portfolio.EachPaper(ctx, a.reader, func(p portfolio.PaperLine) error {
		return do(filed{of: p.Number, matter: p.Matter, id: p.ID, thread: p.Thread, edition: p.Edition, title: p.Title, added: p.AddedOn, gone: p.RemovedOn,
			kept: blob.Blob{Digest: blob.Digest(p.Digest), Size: p.Size, Media: p.Media}, link: p.Link})
	})
	if err == nil && a.Strategy != nil {
		err = a.Strategy.EachPaper(ctx, a.reader, func(p strategy.PaperLine) error {
			return do(filed{of: p.Number, matter: p.Matter, id: p.ID, thread: p.Thread, edition: p.Edition, title: p.Title, added: p.AddedOn, gone: p.RemovedOn,
				kept: blob.Blob{Digest: blob.Digest(p.Digest), Size: p.Size, Media: p.Media}, link: p.Link})
		})
	}
	if err != nil || a.Council == nil {
		return err
	}
	return a.Council.EachPaper(ctx, a.reader, func(p council.PaperLine) error {
		return do(filed{committee: p.Committee, of: p.Number, day: string(p.Day), rank: p.Rank, matter: p.Matter, id: p.ID, thread: p.Thread, edition: p.Edition,
			kind: string(p.Kind), title: p.Title, added: p.AddedOn, gone: p.WithdrawnOn,
			kept: blob.Blob{Digest: blob.Digest(p.Digest), Size: p.Size, Media: p.Media}, link: p.Link})
	})
}

// register lists the papers, those that are links too, and where in the archive each file is.
func (a *archiving) register(ctx context.Context) error {
	out, err := a.next("pieces.csv")
	if err != nil {
		return err
	}
	lines := csv.NewWriter(out)
	lines.UseCRLF = true
	if err := lines.Write(strings.Fields("comite numero jour point affaire piece edition nature titre depot retrait media octets sha256 lien fichier")); err != nil {
		return err
	}
	err = a.eachPaper(ctx, func(p filed) error {
		line := []string{p.committee, p.of, p.day, strconv.Itoa(p.rank), p.matter, string(p.thread), strconv.Itoa(p.edition), p.kind, p.title,
			string(p.added), string(p.gone), string(p.kept.Media), strconv.FormatInt(p.kept.Size, 10), string(p.kept.Digest), p.link, p.path()}
		for i, cell := range line {
			line[i] = tabular.Neutral(cell)
		}
		return lines.Write(line)
	})
	if lines.Flush(); err == nil {
		err = lines.Error()
	}
	return err
}

// path is where the file of a paper lies in the archive; "" for a link. What people called it is made safe, and the end
// of its id tells it from another of that title.
func (p filed) path() string {
	if p.kept.Media == "" {
		return ""
	}
	title := []rune(p.title)
	name := fmt.Sprintf("%02d %s (%d, %s)", p.rank, string(title[:min(len(title), 80)]), p.edition, p.id[max(0, len(p.id)-6):])
	return path.Join("pieces", tabular.FileName(p.of, "")[:len(p.of)], tabular.FileName(name, strings.TrimPrefix(p.kept.Media.Extension(), ".")))
}

// papers writes the files of the papers one after the other. One that is missing or damaged is told, in the archive and
// to whoever asked for it, and does not keep the others.
func (a *archiving) papers(ctx context.Context) error {
	err := a.eachPaper(ctx, func(p filed) error {
		if p.kept.Media == "" {
			return nil
		}
		return a.paper(p)
	})
	if err != nil || len(a.Lacking) == 0 {
		return err
	}
	out, err := a.next("ANOMALIES.txt")
	if err == nil {
		_, err = io.WriteString(out, "Pièces absentes, ou dont l’empreinte n’est pas celle qui a été inscrite :\n\n"+strings.Join(a.Lacking, "\n")+"\n")
	}
	return err
}

func (a *archiving) paper(p filed) error {
	in, err := a.Blobs.Get(p.kept.Digest)
	if lacking(err) {
		a.Lacking = append(a.Lacking, p.path())
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	begin := a.nextPressed
	if p.kept.Media.Plain() {
		begin = a.next
	}
	out, err := begin(p.path())
	if err != nil {
		return err
	}
	whole, err := blob.Copy(out, in, p.kept.Digest)
	if err != nil {
		return err
	}
	a.Papers++
	if !whole {
		a.Lacking = append(a.Lacking, p.path())
	}
	return nil
}
