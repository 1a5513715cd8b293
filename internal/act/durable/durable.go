// Package durable replaces a small file so that a power cut leaves the old one or the new one, whole.
package durable

import (
	"errors"
	"os"
	"path/filepath"
)

// Write replaces the file at path: a temporary file beside it is written, flushed and renamed, then
// the folder is flushed.
func Write(path string, data []byte, mode os.FileMode) error {
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, ".write-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // no longer there once renamed
	_, err = f.Write(data)
	if err := errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
