// Package id mints the identifiers of Parvis.
//
// Things are named by UUIDv7 (RFC 9562): sortable by time of creation, made by the application so
// that both database engines agree. Where the time of creation is a secret (ballots, receipts,
// tokens, leaves of the log) an id is 128 random bits instead.
package id

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// ID names one thing for ever. It is text in both engines.
type ID string

// New returns a UUIDv7 for the given instant, in the usual 36 characters.
func New(now time.Time) ID {
	var counter [2]byte
	rand.Read(counter[:])
	return version7(now.UnixMilli(), binary.BigEndian.Uint16(counter[:]))
}

// version7 lays out an id: 48 bits of milliseconds since 1970, a counter of 12 bits, 62 random ones.
func version7(ms int64, counter uint16) ID {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(ms)<<16|uint64(counter&0x0fff)|0x7000)
	rand.Read(b[8:])
	b[8] = b[8]&0x3f | 0x80
	return format(b)
}

// Minter mints ids that sort in the order in which they were minted, within a millisecond too (RFC 9562, section 6.2,
// method 1: a counter of fixed length; when it is full, the next millisecond begins before its time). The zero Minter is
// ready. It is not safe for concurrent use.
type Minter struct {
	ms      int64
	counter uint16
}

// New returns the next id for an instant.
func (m *Minter) New(now time.Time) ID {
	if at := now.UnixMilli(); at > m.ms {
		m.ms, m.counter = at, 0
	} else if m.counter++; m.counter > 0x0fff {
		m.ms, m.counter = m.ms+1, 0
	}
	return version7(m.ms, m.counter)
}

// Made is the instant that an id made by New carries; false for any other.
func (i ID) Made() (time.Time, bool) {
	if len(i) != 36 || i[14] != '7' {
		return time.Time{}, false
	}
	b, err := hex.DecodeString("0000" + string(i[:8]+i[9:13]))
	if err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(b))).UTC(), true
}

func format(b [16]byte) ID {
	var out [36]byte
	hex.Encode(out[0:8], b[0:4])
	hex.Encode(out[9:13], b[4:6])
	hex.Encode(out[14:18], b[6:8])
	hex.Encode(out[19:23], b[8:10])
	hex.Encode(out[24:36], b[10:16])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return ID(out[:])
}

var base32lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Random returns 128 random bits as 26 lower-case characters: it tells nothing, not even when.
func Random() ID {
	var b [16]byte
	rand.Read(b[:])
	return ID(base32lower.EncodeToString(b[:]))
}

// Digest is what is kept of a token, its SHA-256 in hexadecimal: 256 random bits need no salt.
func Digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Token returns 256 random bits as 52 lower-case characters, for secrets handed to people.
func Token() string {
	var b [32]byte
	rand.Read(b[:])
	return base32lower.EncodeToString(b[:])
}
