package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"parvis/internal/blob"
	"parvis/internal/council"
	"parvis/internal/tabular"
)

// register lists the papers of committees, those that are links too, and where in the archive each file is.
func (a *archiving) register(ctx context.Context) error {
	if a.Council == nil {
		return nil
	}
	out, err := a.next("pieces.csv")
	if err != nil {
		return err
	}
	lines := csv.NewWriter(out)
	lines.UseCRLF = true
	if err := lines.Write(strings.Fields("comite seance jour point affaire piece edition nature titre depot retrait media octets sha256 lien fichier")); err != nil {
		return err
	}
	err = a.Council.EachPaper(ctx, a.reader, func(p council.PaperLine) error {
		line := []string{p.Committee, p.Number, string(p.Day), strconv.Itoa(p.Rank), p.Matter, string(p.Thread), strconv.Itoa(p.Edition), string(p.Kind), p.Title,
			string(p.AddedOn), string(p.WithdrawnOn), string(p.Media), strconv.FormatInt(p.Size, 10), p.Digest, p.Link, paperFile(p)}
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

// paperFile is where the file of a paper lies in the archive; "" for a link. What people called it is made safe, and
// the end of its id tells it from another of that title.
func paperFile(p council.PaperLine) string {
	if p.Media == "" {
		return ""
	}
	title := []rune(p.Title)
	name := fmt.Sprintf("%02d %s (%d, %s)", p.Rank, string(title[:min(len(title), 80)]), p.Edition, p.ID[max(0, len(p.ID)-6):])
	return path.Join("pieces", tabular.FileName(p.Number, "")[:len(p.Number)], tabular.FileName(name, strings.TrimPrefix(p.Media.Extension(), ".")))
}

// papers writes the files of the papers one after the other. One that is missing or damaged is told, in the archive and
// to whoever asked for it, and does not keep the others.
func (a *archiving) papers(ctx context.Context) error {
	if a.Council == nil {
		return nil
	}
	err := a.Council.EachPaper(ctx, a.reader, func(p council.PaperLine) error {
		if p.Media == "" {
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

func (a *archiving) paper(p council.PaperLine) error {
	in, err := a.Council.OpenPaper(p.Paper)
	if lacking(err) {
		a.Lacking = append(a.Lacking, paperFile(p))
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	begin := a.nextPressed
	if p.Media == blob.Text {
		begin = a.next
	}
	out, err := begin(paperFile(p))
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, sum), in); err != nil {
		return err
	}
	a.Papers++
	if hex.EncodeToString(sum.Sum(nil)) != p.Digest {
		a.Lacking = append(a.Lacking, paperFile(p))
	}
	return nil
}
