package demo

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/participation/pabulib"
)

// drawing makes ballots: the same ones at each telling.
type drawing struct {
	vote, title, begin, end string
	graded                  bool // every project receives a grade from 0 to 3, some are forgotten
	rand                    *rand.Rand
}

// file writes a lot with its drawn ballots as a .pb file.
func (d drawing) file(l ballotLot) ([]byte, error) {
	h := &pabulib.Header{ProjectColumns: []string{"project_id", "cost", "name", "category", "description", "latitude", "longitude"}, VoteColumns: []string{"voter_id", "vote"}}
	meta := [][2]string{{"description", d.title}, {"country", "Ville inventée"}, {"unit", "Valmont"}, {"instance", d.vote}, {"district", l.name},
		{"num_projects", strconv.Itoa(len(l.candidates))}, {"num_votes", strconv.Itoa(l.ballots)}, {"budget", strconv.Itoa(l.euros)},
		{"vote_type", "approval"}, {"rule", "unknown"}, {"date_begin", d.begin}, {"date_end", d.end}, {"currency", "EUR"}, {"language", "fr"}}
	if d.graded {
		h.VoteColumns = append(h.VoteColumns, "points")
		meta[8][1] = "scoring"
		meta = append(meta, [2]string{"min_points", "0"}, [2]string{"max_points", "3"})
	}
	for _, m := range meta {
		h.Meta = append(h.Meta, pabulib.Field{Key: m[0], Value: m[1]})
	}
	for i, c := range l.candidates {
		h.Projects = append(h.Projects, pabulib.NewProject(h, map[string]string{"project_id": number(i), "cost": strconv.Itoa(c.euros), "name": c.title,
			"category": c.theme, "description": c.about, "latitude": fmt.Sprint(c.lat), "longitude": fmt.Sprint(c.lon)}))
	}
	var out bytes.Buffer
	w := pabulib.NewWriter(&out, h)
	for n := range l.ballots {
		w.Vote(append([]string{strconv.Itoa(n + 1)}, d.ballot(l)...)...)
	}
	err := w.Flush()
	return out.Bytes(), err
}

// number is the number of a project on the ballot.
func number(i int) string { return fmt.Sprintf("%02d", i+1) }

// ballot draws the choices of somebody who cares for one or two themes.
func (d drawing) ballot(l ballotLot) []string {
	care := d.tastes()
	if d.graded {
		return d.grades(l, care)
	}
	most := 1 + d.rand.IntN(5)
	var vote []string
	for len(vote) == 0 {
		for _, i := range d.rand.Perm(len(l.candidates)) {
			c := l.candidates[i]
			if len(vote) < most && d.rand.Float64() < 0.28*c.appeal*care[c.theme] {
				vote = append(vote, number(i))
			}
		}
	}
	slices.Sort(vote)
	return []string{strings.Join(vote, ",")}
}

// tastes are how much somebody cares for each theme: most for one, somewhat for another.
func (d drawing) tastes() map[string]float64 {
	themes := []string{nature, nature, moving, moving, schools, culture, sport, mutual}
	care := map[string]float64{}
	for _, t := range themes {
		care[t] = 0.55
	}
	care[themes[d.rand.IntN(len(themes))]] += 0.7
	care[themes[d.rand.IntN(len(themes))]] += 1.9
	return care
}

func (d drawing) grades(l ballotLot, care map[string]float64) []string {
	var vote, points []string
	for i, c := range l.candidates {
		if d.rand.Float64() < 0.07 {
			continue // forgotten
		}
		liked := 1.15*c.appeal + 0.45*care[c.theme] + 0.75*d.rand.NormFloat64()
		vote, points = append(vote, number(i)), append(points, strconv.Itoa(int(max(0, min(3, liked)))))
	}
	return []string{strings.Join(vote, ","), strings.Join(points, ",")}
}
