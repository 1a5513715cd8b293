package council

import (
	"context"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// ServePaper sends the file of a paper that the reader may have, or leads to where it is kept.
func (r *Room) ServePaper(w http.ResponseWriter, req *http.Request, p Paper) error {
	return r.blobs.Send(r.reads, w, req, p.Link, blob.Leave{Digest: blob.Digest(p.Digest), Name: p.Title, Public: p.Visibility == act.Public})
}

// MeetingOf finds the meeting of an item that the visitor may know of.
func (r *Room) MeetingOf(ctx context.Context, v identity.Visitor, item id.ID) (id.ID, error) {
	m, err := findMeetingOf(ctx, r.reads, v, item)
	return m.ID, notFound(err, "council.item.not_found")
}
