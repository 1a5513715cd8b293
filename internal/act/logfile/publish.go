package logfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"parvis/internal/act"
	"parvis/internal/act/durable"
	"parvis/internal/act/tree"
)

// Publish writes the public files to folder, so that they can be put on any web server or given on a
// stick. Files that never change and are there already are kept. The checkpoint comes last: a folder
// that holds it holds everything it covers.
func Publish(ctx context.Context, f Files, folder string) (act.Head, error) {
	head, err := act.LastHead(ctx, f.Readers)
	if err != nil {
		return head, err
	}
	for _, name := range []string{"keys", "witnesses"} {
		file, err := f.File(ctx, name)
		if err := errors.Join(err, write(folder, name, file)); err != nil {
			return head, err
		}
	}
	err = tree.Paths(head.Size, func(p tree.Path) error {
		if there(folder, p) {
			return ctx.Err()
		}
		file, err := f.numbered(ctx, p)
		return errors.Join(err, write(folder, p.String(), file))
	})
	if err != nil {
		return head, err
	}
	note, err := f.cosigned(ctx, head)
	return head, errors.Join(err, write(folder, "checkpoint", File{Body: []byte(note)}))
}

// there tells whether the folder already holds a full file that never changes.
func there(folder string, p tree.Path) bool {
	if p.Kind == tree.Payload || p.Width < tree.Width {
		return false
	}
	_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(p.String())))
	return !errors.Is(err, fs.ErrNotExist)
}

func write(folder, name string, file File) error {
	target := filepath.Join(folder, filepath.FromSlash(path.Clean(name)))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return durable.Write(target, file.Body, 0o644)
}
