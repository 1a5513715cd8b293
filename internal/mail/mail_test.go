package mail_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/job"
	parvismail "parvis/internal/mail"
	"parvis/internal/money"

	"mime/quotedprintable"
)

var monday = time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)

var texts = fstest.MapFS{
	"fr.toml": {Data: []byte("[t]\npart.subject = \"Une part à confirmer : {name}\"\npart.body = \"\"\"On vous propose une part dans « {name} ».\n\nRépondez quand vous voulez.\"\"\"\nopen = \"Voir la part\"\nbudget = \"Budget\"\n")},
	"en.toml": {Data: []byte("[t]\npart.subject = \"A part to confirm: {name}\"\npart.body = \"You are offered a part in {name}.\"\nopen = \"See the part\"\nbudget = \"Budget\"\n")},
}

func mailer(t *testing.T, sources ...fs.FS) *parvismail.Mailer {
	t.Helper()
	catalog, err := i18n.Load(append(sources, parvismail.Messages, texts)...)
	if err != nil {
		t.Fatal(err)
	}
	m, err := parvismail.New(parvismail.Config{City: "Ville de Valmont", Site: "https://parvis.valmont.example",
		From: parvismail.Address{Name: "Mission ville intelligente", Email: "mission@valmont.example"}}, catalog)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func offer() parvismail.Message {
	return parvismail.Message{
		To: parvismail.Address{Name: "Propreté", Email: "proprete@valmont.example"}, Kind: "t.part", Args: []any{"name", "Collecte guidée"},
		Rows:        []parvismail.Row{{Label: "t.budget", Value: money.Amount{Cents: 18000000, Currency: money.EUR}}},
		Actions:     []parvismail.Action{{Label: "t.open", URL: "https://parvis.valmont.example/fr/parts/1?a=1&b=2"}},
		Unsubscribe: "https://parvis.valmont.example/fr/abonnements/x", Thread: "initiative/1",
		Calendar: &calendar.Calendar{Todos: []calendar.Todo{{UID: "1@valmont.example", Stamp: monday, Due: "2018-03-20", Summary: "Répondre"}}},
	}
}

// run queues a message and delivers it, and gives the file that the folder received.
func run(t *testing.T, m *parvismail.Mailer, msg parvismail.Message) []byte {
	t.Helper()
	now := clock.At(monday)
	d := dbtest.SQLite(t, now)
	folder := parvismail.Folder(filepath.Join(t.TempDir(), "mails"))
	if err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return m.Queue(tx, msg) }); err != nil {
		t.Fatal(err)
	}
	deliver(t, d, now, m, folder, 1)
	files, err := filepath.Glob(filepath.Join(string(folder), "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func deliver(t *testing.T, d *db.DB, c clock.Clock, m *parvismail.Mailer, tr parvismail.Transport, want int) error {
	t.Helper()
	w, err := job.NewWorkers(d, c, 1, m.Deliver(d, tr))
	if err != nil {
		t.Fatal(err)
	}
	n, err := w.Work(context.Background())
	if n != want {
		t.Errorf("delivered %d, %v, want %d", n, err, want)
	}
	return err
}

// part is one leaf of a MIME message, decoded.
type part struct{ media, name, body string }

func parts(t *testing.T, contentType, encoding string, body io.Reader) (all []part) {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(media, "multipart/") {
		if encoding == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return []part{{media, params["name"], strings.ReplaceAll(string(text), "\r\n", "\n")}}
	}
	for r := multipart.NewReader(body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, parts(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)...)
	}
}

func read(t *testing.T, eml []byte) (*mail.Message, []part) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		t.Fatalf("%v in\n%s", err, eml)
	}
	return m, parts(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
}

func TestAMessageIsSaidInTheReadersLanguageInBothForms(t *testing.T) {
	m, got := read(t, run(t, mailer(t), offer()))
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if want := "Une part à confirmer\u00a0: Collecte guidée"; err != nil || subject != want {
		t.Errorf("subject %q, %v, want %q", subject, err, want)
	}
	if len(got) != 3 || got[0].media != "text/plain" || got[1].media != "text/html" || got[2].media != "text/calendar" {
		t.Fatalf("parts %+v", got)
	}
	want := `Bonjour Propreté,

On vous propose une part dans « Collecte guidée ».

Répondez quand vous voulez.

- Budget : 180 000 €

Voir la part :
https://parvis.valmont.example/fr/parts/1?a=1&b=2

-- 
Message envoyé automatiquement par Ville de Valmont.`
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(got[0].body)
	if !strings.HasPrefix(plain, want) || !strings.Contains(plain, "Ne plus recevoir ce type de message : https://parvis.valmont.example/fr/abonnements/x") {
		t.Errorf("text:\n%s", plain)
	}
	for _, piece := range []string{`<html lang="fr">`, `<th scope="row">Budget</th>`, `href="https://parvis.valmont.example/fr/parts/1?a=1&amp;b=2"`} {
		if !strings.Contains(got[1].body, piece) {
			t.Errorf("html lacks %s:\n%s", piece, got[1].body)
		}
	}
	english := offer()
	english.Lang = "en"
	m, got = read(t, run(t, mailer(t), english))
	if !strings.Contains(got[0].body, "- Budget: €180,000") || m.Header.Get("Content-Language") != "en" {
		t.Errorf("english:\n%s", got[0].body)
	}
}

func TestHeadersTellMachinesWhatThisIs(t *testing.T) {
	m, _ := read(t, run(t, mailer(t), offer()))
	for name, want := range map[string]string{
		"Auto-Submitted": "auto-generated", "Content-Language": "fr", "Date": "Mon, 12 Mar 2018 08:00:00 +0000",
		"List-Unsubscribe": "<https://parvis.valmont.example/fr/abonnements/x>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"References": "<initiative-1@valmont.example>", "From": `"Mission ville intelligente" <mission@valmont.example>`,
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := m.Header.Get("Message-Id"); !strings.HasSuffix(got, "@valmont.example>") {
		t.Errorf("Message-ID %q", got)
	}
}

func TestWhatPeopleTypeIsNeitherMarkupNorHeader(t *testing.T) {
	for _, lang := range []string{"fr", "en"} { // the English subject is all ASCII: nothing encodes it on its way
		msg := offer()
		msg.Lang = lang
		msg.Args = []any{"name", "x\r\nBcc: spy@evil.example\r\n\r\n<script>alert(1)</script>\u2028y"}
		e, err := mailer(t).Preview(msg)
		if err != nil || strings.ContainsAny(e.Subject, "\r\n\u2028") {
			t.Errorf("subject %q, %v", e.Subject, err)
		}
		eml := run(t, mailer(t), msg)
		m, got := read(t, eml)
		head, _, _ := strings.Cut(string(eml), "\r\n\r\n")
		if m.Header.Get("Bcc") != "" || strings.Contains(head, "\nBcc:") || !strings.Contains(head, "Subject:") {
			t.Errorf("a header was injected:\n%s", head)
		}
		if strings.Contains(got[1].body, "<script") {
			t.Errorf("markup was injected:\n%s", got[1].body)
		}
	}
}

func TestWhatIsNoMailboxOrNoLinkIsRefused(t *testing.T) {
	m, d := mailer(t), dbtest.SQLite(t, nil)
	queue := func(change func(*parvismail.Message)) error {
		msg := offer()
		change(&msg)
		return d.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return m.Queue(tx, msg) })
	}
	for _, email := range []string{"", "x", "a@b\r\nBcc: c@d", "a@b, c@d", "Name <a@b.fr>", "a b@c.fr", "a@[127.0.0.1]", strings.Repeat("a", 65) + "@b.fr", "<a@b.fr>"} {
		if err := queue(func(m *parvismail.Message) { m.To.Email = email }); fault.KindOf(err) != fault.Invalid {
			t.Errorf("address %q: %v", email, err)
		}
		if err := queue(func(m *parvismail.Message) { m.ReplyTo = email }); email != "" && err == nil {
			t.Errorf("answer address %q was accepted", email)
		}
	}
	if err := queue(func(m *parvismail.Message) { m.To.Name = "a\r\nBcc: c@d" }); fault.KindOf(err) != fault.Invalid {
		t.Errorf("name with a line break: %v", err)
	}
	for _, u := range []string{"javascript:alert(1)", "/relative", "https://a.b/\r\nX: y", "https://a.b/ x", "https://u:p@a.b/", "https://a.b/>x"} {
		if err := queue(func(m *parvismail.Message) { m.Unsubscribe = u }); err == nil {
			t.Errorf("link %q was accepted", u)
		}
		if err := queue(func(m *parvismail.Message) { m.Actions[0].URL = u }); err == nil {
			t.Errorf("action %q was accepted", u)
		}
	}
	if err := queue(func(m *parvismail.Message) { m.Attachments = []parvismail.Attachment{{Name: "../x"}} }); err == nil {
		t.Error("an attachment with a path was accepted")
	}
	big := []parvismail.Attachment{{Name: "x", Body: make([]byte, 6<<20)}}
	if err := queue(func(m *parvismail.Message) { m.Attachments = big }); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a large attachment: %v", err)
	}
}

// flaky fails a number of times.
type flaky struct {
	errs []error
	sent []parvismail.Envelope
}

func (f *flaky) Send(_ context.Context, e parvismail.Envelope) error {
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return err
	}
	f.sent = append(f.sent, e)
	return nil
}

func TestAMessageWaitsForTheServerAndIsForgottenOnceSent(t *testing.T) {
	now := clock.At(monday)
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		m, ctx := mailer(t), context.Background()
		undone := errors.New("undone")
		d.Writer.Traffic(ctx, func(tx *db.Tx) error { return errors.Join(m.Queue(tx, offer()), undone) })
		if err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return m.Queue(tx, offer()) }); err != nil {
			t.Fatal(err)
		}
		f := &flaky{errs: []error{errors.New("connection refused")}}
		if err := deliver(t, d, now, m, f, 1); err == nil {
			t.Error("the failure went unseen")
		}
		now.Advance(time.Hour)
		deliver(t, d, now, m, f, 1)
		deliver(t, d, now, m, f, 0)
		if len(f.sent) != 1 {
			t.Errorf("sent %d times", len(f.sent))
		}
		left, err := db.One(ctx, d.Readers, db.Scalar[int], `SELECT COUNT(*) FROM mail_outbox WHERE state = 'sent' AND content = '' AND subject = ''`)
		if err != nil || left != 1 {
			t.Errorf("%d erased, %v", left, err)
		}
	})
}

func TestARefusalForGoodIsKeptForTheOperator(t *testing.T) {
	now := clock.At(monday)
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		m, ctx := mailer(t), context.Background()
		if err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return m.Queue(tx, offer()) }); err != nil {
			t.Fatal(err)
		}
		if err := deliver(t, d, now, m, &flaky{errs: []error{parvismail.ErrRefused}}, 1); err != nil {
			t.Error(err)
		}
		now.Advance(24 * time.Hour)
		deliver(t, d, now, m, &flaky{}, 0)
		failed, err := parvismail.Standings(ctx, d.Readers, "failed")
		if err != nil || len(failed) != 1 || failed[0].Trouble == "" {
			t.Errorf("%+v, %v", failed, err)
		}
		if err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return parvismail.Purge(tx, now.Now()) }); err != nil {
			t.Error(err)
		}
		if failed, _ := parvismail.Standings(ctx, d.Readers, "failed"); len(failed) != 0 {
			t.Errorf("not purged: %+v", failed)
		}
	})
}

func TestCataloguesAgree(t *testing.T) {
	for _, problem := range i18n.Check(parvismail.Messages) {
		t.Error(problem)
	}
}

func FuzzHeadersCannotBeInjected(f *testing.F) {
	f.Add("a\r\nBcc: x@y.fr", "a@b.fr")
	f.Add("=?utf-8?q?=0D=0ABcc:_x@y.fr?=", "a@b.fr")
	f.Fuzz(func(t *testing.T, name, email string) {
		e, err := mailer(t).Preview(parvismail.Message{To: parvismail.Address{Email: email}, Kind: "t.part", Args: []any{"name", name},
			Unsubscribe: "https://a.example/" + url.PathEscape(name)})
		if err != nil {
			return
		}
		b, err := e.Bytes()
		if err != nil {
			t.Skip()
		}
		m, err := mail.ReadMessage(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%v in\n%s", err, b)
		}
		known := map[string]bool{"Date": true, "Mime-Version": true, "Message-Id": true, "Subject": true, "From": true, "To": true, "User-Agent": true,
			"X-Mailer": true, "Auto-Submitted": true, "X-Auto-Response-Suppress": true, "Content-Language": true, "Content-Type": true,
			"Content-Transfer-Encoding": true, "List-Unsubscribe": true, "List-Unsubscribe-Post": true}
		for h := range m.Header {
			if !known[h] {
				t.Errorf("header %q in\n%s", h, b)
			}
		}
	})
}
