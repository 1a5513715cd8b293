package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
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

// fakeOP is an OpenID provider as strict as the French ones (FranceConnect, ProConnect): it refuses
// any parameter it does not know, Basic authentication, short states and nonces, codes used twice,
// and answers userinfo with a signed JWT. Its claims can be made wrong, one at a time.
type fakeOP struct {
	t      *testing.T
	server *httptest.Server
	key    *ecdsa.PrivateKey
	now    func() time.Time

	person   map[string]any // userinfo
	acr      string
	authTime int64

	pkce     bool                 // requires a code challenge
	idToken  func(map[string]any) // changes the claims of the ID token
	userInfo func(map[string]any) // changes those of userinfo
	sign     func(claims map[string]any) string
	plain    bool // userinfo is plain JSON

	codes   map[string]url.Values // the authorization request of each code
	refused []string              // why requests were refused
}

const clientID, clientSecret = "parvis-valmont", "s3cret"

func newOP(t *testing.T, now func() time.Time) *fakeOP {
	t.Helper()
	op := &fakeOP{t: t, now: now, key: must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), acr: "eidas1", codes: map[string]url.Values{},
		person: map[string]any{"sub": "op-42", "email": "camille@ville.fr", "uid": "M-camille@ville.fr", "siret": "21750001600019", "given_name": "Camille", "family_name": "Roux"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", op.discovery)
	mux.HandleFunc("GET /jwks", op.jwks)
	mux.HandleFunc("GET /authorize", op.authorize)
	mux.HandleFunc("POST /token", op.token)
	mux.HandleFunc("GET /userinfo", op.userinfo)
	op.server = httptest.NewServer(mux)
	t.Cleanup(op.server.Close)
	op.sign = func(claims map[string]any) string { return op.signed(jose.ES256, op.key, claims) }
	return op
}

func send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func (op *fakeOP) discovery(w http.ResponseWriter, _ *http.Request) {
	send(w, map[string]any{"issuer": op.server.URL, "authorization_endpoint": op.server.URL + "/authorize",
		"token_endpoint": op.server.URL + "/token", "userinfo_endpoint": op.server.URL + "/userinfo", "jwks_uri": op.server.URL + "/jwks",
		"end_session_endpoint": op.server.URL + "/logout", "id_token_signing_alg_values_supported": []string{"ES256"}})
}

func (op *fakeOP) jwks(w http.ResponseWriter, _ *http.Request) {
	send(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: op.key.Public(), KeyID: "k1", Algorithm: "ES256", Use: "sig"}}})
}

func (op *fakeOP) refuse(w http.ResponseWriter, why string) {
	op.refused = append(op.refused, why)
	http.Error(w, why, http.StatusBadRequest)
}

// authorize is what happens when the browser arrives: who signs in is already known.
func (op *fakeOP) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	allowed := []string{"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "acr_values", "claims", "prompt"}
	if op.pkce {
		allowed = append(allowed, "code_challenge", "code_challenge_method")
	}
	for name := range q {
		if !slices.Contains(allowed, name) {
			op.refuse(w, "unknown parameter "+name)
			return
		}
	}
	switch {
	case q.Get("response_type") != "code" || q.Get("client_id") != clientID:
		op.refuse(w, "client")
	case q.Get("redirect_uri") != origin+"/fr/connexion/oidc/ville/retour":
		op.refuse(w, "redirect_uri "+q.Get("redirect_uri"))
	case len(q.Get("state")) < 32 || len(q.Get("nonce")) < 32:
		op.refuse(w, "state or nonce too short")
	case q.Get("acr_values") != "eidas1":
		op.refuse(w, "acr_values "+q.Get("acr_values"))
	case !slices.Contains(strings.Fields(q.Get("scope")), "openid"):
		op.refuse(w, "scope")
	case op.pkce && (q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256"):
		op.refuse(w, "PKCE")
	default:
		code := rand.Text()
		op.codes[code] = q
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusSeeOther)
	}
}

func (op *fakeOP) token(w http.ResponseWriter, r *http.Request) {
	r.ParseForm()
	request, known := op.codes[r.PostForm.Get("code")]
	delete(op.codes, r.PostForm.Get("code"))
	switch {
	case r.Header.Get("Authorization") != "":
		op.refuse(w, "Basic authentication")
	case r.PostForm.Get("client_id") != clientID || r.PostForm.Get("client_secret") != clientSecret:
		op.refuse(w, "client secret")
	case !known:
		op.refuse(w, "unknown code")
	case r.PostForm.Get("redirect_uri") != request.Get("redirect_uri"):
		op.refuse(w, "redirect_uri")
	case op.pkce && r.PostForm.Get("code_verifier") == "":
		op.refuse(w, "no verifier")
	default:
		send(w, map[string]any{"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": op.sign(op.claims(request))})
	}
}

func (op *fakeOP) claims(request url.Values) map[string]any {
	now := op.now()
	claims := map[string]any{"iss": op.server.URL, "aud": clientID, "sub": op.person["sub"], "nonce": request.Get("nonce"),
		"iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "acr": op.acr}
	if op.authTime != 0 {
		claims["auth_time"] = op.authTime
	}
	if op.idToken != nil {
		op.idToken(claims)
	}
	return claims
}

func (op *fakeOP) userinfo(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer access" {
		op.refuse(w, "access token")
		return
	}
	claims := map[string]any{"iss": op.server.URL, "aud": clientID}
	for k, v := range op.person {
		claims[k] = v
	}
	if op.userInfo != nil {
		op.userInfo(claims)
	}
	if op.plain {
		send(w, claims)
		return
	}
	w.Header().Set("Content-Type", "application/jwt")
	w.Write([]byte(op.sign(claims)))
}

func (op *fakeOP) signed(alg jose.SignatureAlgorithm, key any, claims map[string]any) string {
	op.t.Helper()
	signer := must(jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "k1")))
	return must(jwt.Signed(signer).Claims(claims).Serialize())
}

// unsigned is a token of alg "none".
func unsigned(claims map[string]any) string {
	return b64([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + b64(must(json.Marshal(claims))) + "."
}
