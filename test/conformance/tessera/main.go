// Command tessera examines a log with the fsck of github.com/transparency-dev/tessera, which shares no
// code with Parvis but the hash functions. It has a module of its own so that none of this reaches the
// program.
//
//	tessera URL VERIFIER-KEY-FILE
//
// It ends with 0 when the log is accepted, 1 when it is refused or the time is over.
package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"time"

	f_note "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: tessera URL VERIFIER-KEY-FILE")
		os.Exit(2)
	}
	if err := examine(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
	fmt.Println("accepted")
}

func examine(address, keyFile string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	root, err := url.Parse(address)
	if err != nil {
		return err
	}
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	v, err := f_note.NewVerifier(string(key))
	if err != nil {
		return err
	}
	from, err := client.NewHTTPFetcher(root, nil)
	if err != nil {
		return err
	}
	return fsck.New(v.Name(), v, from, leafHashes, fsck.Opts{N: 2}).Check(ctx)
}

func leafHashes(bundle []byte) ([][]byte, error) {
	var b api.EntryBundle
	if err := b.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	hashes := make([][]byte, len(b.Entries))
	for i, e := range b.Entries {
		hashes[i] = rfc6962.DefaultHasher.HashLeaf(e)
	}
	return hashes, nil
}
