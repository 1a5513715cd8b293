// Package identitytest is an OpenID provider for tests.
package identitytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// OP is an OpenID provider as strict as the French ones (FranceConnect, ProConnect): it refuses
// any parameter it does not know, Basic authentication, short states and nonces, codes used twice,
// and answers userinfo with a signed JWT. Its claims can be made wrong, one at a time.
type OP struct {
	t        *testing.T
	Server   *httptest.Server
	Key      *ecdsa.PrivateKey
	Now      func() time.Time
	Redirect string // the only address where it sends people back

	Person   map[string]any // userinfo
	ACR      string
	AuthTime int64 // 0: not told

	PKCE     bool                 // requires a code challenge
	IDToken  func(map[string]any) // changes the claims of the ID token
	UserInfo func(map[string]any) // changes those of userinfo
	Sign     func(claims map[string]any) string
	Plain    bool // userinfo is plain JSON

	codes   map[string]url.Values // the authorization request of each code
	Refused []string              // why requests were refused
}

// The client that the provider knows.
const ClientID, ClientSecret = "parvis-valmont", "s3cret"

// NewOP starts a provider that knows one client and one person.
func NewOP(t *testing.T, now func() time.Time, redirect string) *OP {
	t.Helper()
	op := &OP{t: t, Now: now, Redirect: redirect, Key: must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), ACR: "eidas1", codes: map[string]url.Values{},
		Person: map[string]any{"sub": "op-42", "email": "camille@ville.fr", "uid": "M-camille@ville.fr", "siret": "21750001600019", "given_name": "Camille", "family_name": "Roux"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", op.discovery)
	mux.HandleFunc("GET /jwks", op.jwks)
	mux.HandleFunc("GET /authorize", op.authorize)
	mux.HandleFunc("POST /token", op.token)
	mux.HandleFunc("GET /userinfo", op.userinfo)
	op.Server = httptest.NewServer(mux)
	t.Cleanup(op.Server.Close)
	op.Sign = func(claims map[string]any) string { return op.Signed(jose.ES256, op.Key, claims) }
	return op
}

func send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func (op *OP) discovery(w http.ResponseWriter, _ *http.Request) {
	send(w, map[string]any{"issuer": op.Server.URL, "authorization_endpoint": op.Server.URL + "/authorize",
		"token_endpoint": op.Server.URL + "/token", "userinfo_endpoint": op.Server.URL + "/userinfo", "jwks_uri": op.Server.URL + "/jwks",
		"end_session_endpoint": op.Server.URL + "/logout", "id_token_signing_alg_values_supported": []string{"ES256"}})
}

func (op *OP) jwks(w http.ResponseWriter, _ *http.Request) {
	send(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: op.Key.Public(), KeyID: "k1", Algorithm: "ES256", Use: "sig"}}})
}

func (op *OP) refuse(w http.ResponseWriter, why string) {
	op.Refused = append(op.Refused, why)
	http.Error(w, why, http.StatusBadRequest)
}

// authorize is what happens when the browser arrives: who signs in is already known.
func (op *OP) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	allowed := []string{"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "acr_values", "claims", "prompt"}
	if op.PKCE {
		allowed = append(allowed, "code_challenge", "code_challenge_method")
	}
	for name := range q {
		if !slices.Contains(allowed, name) {
			op.refuse(w, "unknown parameter "+name)
			return
		}
	}
	switch {
	case q.Get("response_type") != "code" || q.Get("client_id") != ClientID:
		op.refuse(w, "client")
	case q.Get("redirect_uri") != op.Redirect:
		op.refuse(w, "redirect_uri "+q.Get("redirect_uri"))
	case len(q.Get("state")) < 32 || len(q.Get("nonce")) < 32:
		op.refuse(w, "state or nonce too short")
	case q.Get("acr_values") != "eidas1":
		op.refuse(w, "acr_values "+q.Get("acr_values"))
	case !slices.Contains(strings.Fields(q.Get("scope")), "openid"):
		op.refuse(w, "scope")
	case op.PKCE && (q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256"):
		op.refuse(w, "PKCE")
	default:
		code := rand.Text()
		op.codes[code] = q
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusSeeOther)
	}
}

func (op *OP) token(w http.ResponseWriter, r *http.Request) {
	r.ParseForm()
	request, known := op.codes[r.PostForm.Get("code")]
	delete(op.codes, r.PostForm.Get("code"))
	switch {
	case r.Header.Get("Authorization") != "":
		op.refuse(w, "Basic authentication")
	case r.PostForm.Get("client_id") != ClientID || r.PostForm.Get("client_secret") != ClientSecret:
		op.refuse(w, "client secret")
	case !known:
		op.refuse(w, "unknown code")
	case r.PostForm.Get("redirect_uri") != request.Get("redirect_uri"):
		op.refuse(w, "redirect_uri")
	case op.PKCE && r.PostForm.Get("code_verifier") == "":
		op.refuse(w, "no verifier")
	default:
		send(w, map[string]any{"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": op.Sign(op.claims(request))})
	}
}

func (op *OP) claims(request url.Values) map[string]any {
	now := op.Now()
	claims := map[string]any{"iss": op.Server.URL, "aud": ClientID, "sub": op.Person["sub"], "nonce": request.Get("nonce"),
		"iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "acr": op.ACR}
	if op.AuthTime != 0 {
		claims["auth_time"] = op.AuthTime
	}
	if op.IDToken != nil {
		op.IDToken(claims)
	}
	return claims
}

func (op *OP) userinfo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer access" {
		op.refuse(w, "access token")
		return
	}
	claims := map[string]any{"iss": op.Server.URL, "aud": ClientID}
	for k, v := range op.Person {
		claims[k] = v
	}
	if op.UserInfo != nil {
		op.UserInfo(claims)
	}
	if op.Plain {
		send(w, claims)
		return
	}
	w.Header().Set("Content-Type", "application/jwt")
	w.Write([]byte(op.Sign(claims)))
}

// Signed signs claims as a token of the provider.
func (op *OP) Signed(alg jose.SignatureAlgorithm, key any, claims map[string]any) string {
	op.t.Helper()
	signer := must(jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "k1")))
	return must(jwt.Signed(signer).Claims(claims).Serialize())
}

// Unsigned is a token of alg "none".
func Unsigned(claims map[string]any) string {
	return b64([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + b64(must(json.Marshal(claims))) + "."
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
