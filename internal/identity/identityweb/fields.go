package identityweb

import (
	"context"
	"strings"

	"parvis/internal/identity"
	"parvis/internal/ui"
)

func emailField(ctx context.Context) ui.Field {
	return ui.Field{Name: "email", Label: ui.T(ctx, "identity.email"), Hint: ui.T(ctx, "identity.email.hint"), Type: "email",
		Required: true, Autocomplete: "email", MaxLength: 254}
}

// providerLabel is the name of a provider in the reader's language, else in any, else its own.
func providerLabel(ctx context.Context, p identity.Provider) string {
	for _, lang := range []string{ui.FrameOf(ctx).Lang, "fr", "en"} {
		if p.Label[lang] != "" {
			return p.Label[lang]
		}
	}
	return p.Name
}

// titles joins the posts of a person: "Directrice (Propreté et eau)".
func titles(posts []identity.PostRef) string {
	var list []string
	for _, p := range posts {
		title := p.Title
		if p.Unit != "" {
			title += " (" + p.Unit + ")"
		}
		list = append(list, title)
	}
	return strings.Join(list, " · ")
}

func deviceName(ctx context.Context, device string) string {
	if device == "" {
		return ui.T(ctx, "identity.session.unknown")
	}
	return device
}

func langOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "", Label: ui.T(ctx, "identity.lang.any")}, {Value: "fr", Label: "Français"}, {Value: "en", Label: "English"}}
}

func labelOf(ctx context.Context, k identity.Passkey) string {
	if k.Label == "" {
		return ui.T(ctx, "identity.passkeys.unnamed")
	}
	return k.Label
}

func accountCrumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "identity.account.title"), URL: ui.Link(ctx, "account")}}
}
