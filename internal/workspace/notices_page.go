package workspace

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/notify"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func (w *Workspace) noticeRoutes() []web.Route {
	return []web.Route{
		{Name: "workspace.notices", Method: "GET", FR: "/mon-compte/courriels", EN: "/my-account/mails", Audience: web.Agents, Handler: w.notices},
		{Name: "workspace.notices", Method: "POST", FR: "/mon-compte/courriels", EN: "/my-account/mails", Audience: web.Agents, Handler: w.chooseNotices},
		{Name: EndRoute, Method: "GET", FR: "/desabonnement/{token}", EN: "/unsubscribe/{token}", Audience: web.Public, Handler: w.readEnd},
		{Name: EndRoute, Method: "POST", FR: "/desabonnement/{token}", EN: "/unsubscribe/{token}", Audience: web.Public, Handler: w.end},
	}
}

// EndRoute is the page of the links that end a kind of mail.
const EndRoute = "unsubscribe"

// noticesView is what somebody chose, or has by default.
type noticesView struct {
	Choices []notify.Choice
	Quiet   notify.Quiet
}

func (w *Workspace) noticesView(r *http.Request) (view noticesView, err error) {
	v := web.From(r).Visitor
	if view.Choices, err = w.Notifier.Choices(r.Context(), w.DB.Readers, v.Account, v.Inside()); err != nil {
		return view, err
	}
	view.Quiet, err = w.Notifier.Quiet(r.Context(), w.DB.Readers, v.Account, v.Inside())
	return view, err
}

func (w *Workspace) notices(rw http.ResponseWriter, r *http.Request) error {
	view, err := w.noticesView(r)
	if err != nil {
		return err
	}
	return web.Render(rw, r, noticesPage(view))
}

// chooseNotices keeps the whole page at once: how often for each kind, and the quiet hours.
func (w *Workspace) chooseNotices(rw http.ResponseWriter, r *http.Request) error {
	view, err := w.noticesView(r)
	if err != nil {
		return err
	}
	quiet, err := readQuiet(r)
	if err == nil {
		err = w.DB.Writer.Traffic(r.Context(), func(tx *db.Tx) error { return w.keepChoices(tx, r, view, quiet) })
	}
	if err != nil {
		return web.Again(rw, r, err, noticesPage(view))
	}
	return web.Done(rw, r, web.From(r).URL("workspace.notices"), "workspace.notices.saved")
}

func (w *Workspace) keepChoices(tx *db.Tx, r *http.Request, view noticesView, quiet notify.Quiet) error {
	account := web.From(r).Visitor.Account
	for _, c := range view.Choices {
		wanted := notify.Frequency(r.PostFormValue(c.Kind))
		if wanted == "" || wanted == c.Frequency {
			continue
		}
		if err := w.Notifier.Choose(tx, account, c.Kind, wanted); err != nil {
			return fault.New(fault.Invalid, "fault.invalid").At(c.Kind, "notify.choice")
		}
	}
	return w.Notifier.SetQuiet(tx, account, quiet)
}

func readQuiet(r *http.Request) (q notify.Quiet, err error) {
	defects := fault.New(fault.Invalid, "fault.invalid")
	for name, into := range map[string]*int{"from": &q.From, "to": &q.To} {
		var hour, minute int
		text := strings.Replace(strings.TrimSpace(r.PostFormValue(name)), "h", ":", 1)
		if n, err := fmt.Sscanf(text, "%d:%d", &hour, &minute); err != nil || n != 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
			defects.At(name, "notify.quiet")
		}
		*into = hour*60 + minute
	}
	q.Weekends = r.PostFormValue("weekends") == "true"
	return q, defects.OrNil()
}

// timeOfDay is a time of the day as a time field wants it.
func timeOfDay(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func offers(ctx context.Context, c notify.Choice) []ui.Option {
	options := make([]ui.Option, len(c.Offers))
	for i, f := range c.Offers {
		options[i] = ui.Option{Value: string(f), Label: ui.T(ctx, "notify.frequency."+string(f))}
	}
	return options
}

// requiredHint says why a kind cannot be switched off.
func requiredHint(ctx context.Context, c notify.Choice) string {
	if slices.Contains(c.Offers, notify.Never) {
		return ""
	}
	return ui.T(ctx, "workspace.notices.required")
}

func checked(is bool) string {
	if is {
		return "true"
	}
	return ""
}

// endView is what a link would end.
type endView struct {
	notify.Subscription
	Token string
	Ended bool
}

// readEnd shows what the link of a mail would end: a mail scanner opens it, and nothing happens.
func (w *Workspace) readEnd(rw http.ResponseWriter, r *http.Request) error {
	secretPage(rw)
	view := endView{Token: r.PathValue("token")}
	var err error
	if view.Subscription, err = w.Notifier.Read(r.Context(), w.DB.Readers, view.Token); err != nil {
		return err
	}
	return web.Render(rw, r, endPage(view))
}

// end is pressed by its reader, or by a mail program in their name (RFC 8058), which wants an answer and
// follows no redirection.
func (w *Workspace) end(rw http.ResponseWriter, r *http.Request) error {
	secretPage(rw)
	view := endView{Token: r.PathValue("token"), Ended: true}
	var err error
	if view.Subscription, err = w.Notifier.Read(r.Context(), w.DB.Readers, view.Token); err != nil {
		return err
	}
	if err := w.DB.Writer.Traffic(r.Context(), func(tx *db.Tx) error { return w.Notifier.End(tx, view.Token) }); err != nil {
		return err
	}
	return web.Render(rw, r, endPage(view))
}

// secretPage keeps a page whose address is a secret out of caches and of the Referer header.
func secretPage(rw http.ResponseWriter) {
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("Referrer-Policy", "no-referrer")
}
