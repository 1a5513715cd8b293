package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Source gives the public files of a log by name.
type Source interface {
	// Read gives the file, or an error when it is missing or has more than limit bytes.
	Read(ctx context.Context, name string, limit int64) ([]byte, error)
	// String is the address that people gave.
	String() string
}

// Open makes the source of the log at an address: http(s)://… or a folder. An address without path is that
// of a site, whose log is under /log.
func Open(address string, client *http.Client) (Source, error) {
	from, err := At(address, client)
	if s, ok := from.(site); ok && s.prefix.Path == "" {
		return Under(s, "log"), nil
	}
	return from, err
}

// At makes the source of the files at an address, just there.
func At(address string, client *http.Client) (Source, error) {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		root, err := os.OpenRoot(address)
		if err != nil {
			return nil, err
		}
		return folder{root}, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("verify: %q is not an address", address)
	}
	u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/checkpoint")
	if client == nil {
		client = &http.Client{Timeout: time.Minute}
	}
	return site{client, u}, nil
}

// Under is the part of a source that lies in one of its folders.
func Under(from Source, folder string) Source { return under{from, folder} }

type under struct {
	from   Source
	folder string
}

func (u under) String() string { return strings.TrimSuffix(u.from.String(), "/") + "/" + u.folder }

func (u under) Read(ctx context.Context, name string, limit int64) ([]byte, error) {
	return u.from.Read(ctx, u.folder+"/"+name, limit)
}

var errTooLarge = errors.New("verify: the file is larger than it may be")

func limited(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = errTooLarge
	}
	return b, err
}

// folder reads plain files; os.Root keeps links from leading outside.
type folder struct{ root *os.Root }

func (f folder) String() string { return f.root.Name() }

func (f folder) Read(_ context.Context, name string, limit int64) ([]byte, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fs.ErrInvalid)
	}
	return limited(file, limit)
}

// site reads over HTTP.
type site struct {
	client *http.Client
	prefix *url.URL
}

func (s site) String() string { return s.prefix.String() }

func (s site) Read(ctx context.Context, name string, limit int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.prefix.String()+"/"+name, nil)
	if err != nil {
		return nil, err
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
		return limited(answer.Body, limit)
	case http.StatusNotFound:
		return nil, fs.ErrNotExist
	default:
		return nil, fmt.Errorf("verify: %s answered %d", name, answer.StatusCode)
	}
}
