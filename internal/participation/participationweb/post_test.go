package participationweb_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"

	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/web/webtest"
)

// upload sends a file with the form that reads it; an empty one is no file.
func (w *town) upload(path, content, reading string) *httptest.ResponseRecorder {
	w.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if content != "" {
		part, err := form.CreateFormFile("file", "lot.pb")
		if err != nil {
			w.Fatal(err)
		}
		io.WriteString(part, content)
	}
	form.WriteField("reading", reading)
	form.Close()
	r := webtest.Request(http.MethodPost, path, url.Values{})
	r.Body, r.ContentLength = io.NopCloser(&body), int64(body.Len())
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer := httptest.NewRecorder()
	w.site.ServeHTTP(answer, webtest.As(r, agent))
	return answer
}

func (w *town) post(v identity.Visitor, path string, form url.Values) *httptest.ResponseRecorder {
	w.Helper()
	return webtest.Do(w.site, webtest.Scenario{URL: path, Form: form, As: v})
}

// done posts a form that must lead on.
func (w *town) done(v identity.Visitor, path string, form url.Values) {
	w.Helper()
	if answer := w.post(v, path, form); answer.Code != http.StatusSeeOther {
		w.Fatalf("%v: %d %s", form["do"], answer.Code, read(answer.Body.String()))
	}
}

// only is the one election there is.
func (w *town) only() participation.Sheet {
	w.Helper()
	list, err := w.room.List(w.ctx, agent)
	if err != nil || len(list) != 1 {
		w.Fatalf("%d elections %v", len(list), err)
	}
	return w.sheet(participation.Sheet{Election: list[0].Election})
}
