package council

import (
	"context"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// ServePaper sends the file of a paper that the reader may have.
func (r *Room) ServePaper(w http.ResponseWriter, req *http.Request, p Paper) error {
	if r.blobs == nil || p.Media == "" {
		return fault.New(fault.NotFound, "council.paper.not_found")
	}
	leave := blob.Leave{Digest: blob.Digest(p.Digest), Name: p.Title, Public: p.Visibility == act.Public}
	return r.blobs.Handler(r.reads, func(*http.Request) (blob.Leave, error) { return leave, nil })(w, req)
}

// MeetingOf finds the meeting of an item that the visitor may know of.
func (r *Room) MeetingOf(ctx context.Context, v identity.Visitor, item id.ID) (id.ID, error) {
	m, err := findMeetingOf(ctx, r.reads, v, item)
	return m.ID, notFound(err, "council.item.not_found")
}
