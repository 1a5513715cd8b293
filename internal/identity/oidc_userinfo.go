package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
)

const maxUserInfo = 1 << 20

// readUserInfo takes the person's claims from the userinfo endpoint when there is one. A signed
// answer must be signed by the same issuer for us; any answer must be about the same subject.
func (p *provider) readUserInfo(ctx context.Context, found *oidc.Provider, access string, said *asserted) error {
	if found.UserInfoEndpoint() == "" {
		if p.SignedInfo {
			return errors.New("the provider has no userinfo endpoint")
		}
		return nil
	}
	mediaType, body, err := p.fetchUserInfo(ctx, found.UserInfoEndpoint(), access)
	if err != nil {
		return err
	}
	claims := map[string]any{}
	switch {
	case mediaType == "application/jwt":
		// Such a token lives for a minute or has no expiry at all: it was fetched just now, by us.
		token, err := found.Verifier(&oidc.Config{ClientID: p.ClientID, SkipExpiryCheck: true}).Verify(ctx, string(body))
		if err != nil {
			return fmt.Errorf("userinfo: %w", err)
		}
		if err := token.Claims(&claims); err != nil {
			return err
		}
	case p.SignedInfo:
		return errors.New("userinfo is not signed")
	default:
		if err := json.Unmarshal(body, &claims); err != nil {
			return fmt.Errorf("userinfo: %w", err)
		}
	}
	if sub, _ := claims["sub"].(string); sub != said.subject {
		return errors.New("userinfo is about another subject")
	}
	said.claims = claims
	return nil
}

func (p *provider) fetchUserInfo(ctx context.Context, endpoint, access string) (mediaType string, body []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return "", nil, err
	}
	r.Header.Set("Authorization", "Bearer "+access)
	answer, err := p.client.Do(r)
	if err != nil {
		return "", nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("userinfo: %s", answer.Status)
	}
	if mediaType, _, err = mime.ParseMediaType(answer.Header.Get("Content-Type")); err != nil {
		return "", nil, err
	}
	body, err = io.ReadAll(io.LimitReader(answer.Body, maxUserInfo))
	return mediaType, body, err
}
