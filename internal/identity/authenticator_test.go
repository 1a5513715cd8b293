package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// authenticator is a passkey in software: what a phone or a key does (W3C WebAuthn level 3, 6.3),
// with the liberty of doing it wrong.
type authenticator struct {
	t       *testing.T
	key     *ecdsa.PrivateKey
	id      []byte
	handle  []byte
	counter uint32

	origin     string // "": the city's
	unverified bool   // does not ask for a finger or a code
	typ        string // "": the right one
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	keyID := make([]byte, 32)
	rand.Read(keyID)
	return &authenticator{t: t, key: key, id: keyID}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (a *authenticator) clientData(typ, challenge string) []byte {
	from := a.origin
	if from == "" {
		from = origin
	}
	if a.typ != "" {
		typ = a.typ
	}
	return must(json.Marshal(map[string]any{"type": typ, "challenge": challenge, "origin": from, "crossOrigin": false}))
}

// authData is rpIdHash, flags, counter and, at creation, the credential.
func (a *authenticator) authData(rpID string, attested []byte) []byte {
	flags := byte(0x01) // user present
	if !a.unverified {
		flags |= 0x04
	}
	if attested != nil {
		flags |= 0x40
	}
	hash := sha256.Sum256([]byte(rpID))
	data := append(hash[:], flags)
	data = binary.BigEndian.AppendUint32(data, a.counter)
	return append(data, attested...)
}

// create answers PublicKeyCredentialCreationOptions.
func (a *authenticator) create(options []byte) []byte {
	a.t.Helper()
	var o struct {
		PublicKey struct {
			Challenge string
			RP        struct{ ID string }
			User      struct{ ID string }
		}
	}
	if err := json.Unmarshal(options, &o); err != nil {
		a.t.Fatal(err)
	}
	a.handle = must(base64.RawURLEncoding.DecodeString(o.PublicKey.User.ID))
	point := must(a.key.PublicKey.Bytes()) // 0x04 ‖ x ‖ y
	cose := must(cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]}))
	attested := binary.BigEndian.AppendUint16(make([]byte, 16), uint16(len(a.id)))
	attested = append(append(attested, a.id...), cose...)
	object := must(cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.authData(o.PublicKey.RP.ID, attested)}))
	return must(json.Marshal(map[string]any{"id": b64(a.id), "rawId": b64(a.id), "type": "public-key",
		"response": map[string]any{"clientDataJSON": b64(a.clientData("webauthn.create", o.PublicKey.Challenge)), "attestationObject": b64(object)}}))
}

// assert answers PublicKeyCredentialRequestOptions.
func (a *authenticator) assert(options []byte) []byte {
	a.t.Helper()
	var o struct {
		PublicKey struct{ Challenge, RPID string }
	}
	if err := json.Unmarshal(options, &o); err != nil {
		a.t.Fatal(err)
	}
	a.counter++
	data := a.authData(o.PublicKey.RPID, nil)
	client := a.clientData("webauthn.get", o.PublicKey.Challenge)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(data[:len(data):len(data)], hash[:]...))
	signature := must(ecdsa.SignASN1(rand.Reader, a.key, signed[:]))
	return must(json.Marshal(map[string]any{"id": b64(a.id), "rawId": b64(a.id), "type": "public-key",
		"response": map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(a.handle)}}))
}
