package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
)

// Sort is the order of a list: a closed list.
type Sort string

// The orders.
const (
	ByRecent Sort = "recent" // last signalled or published first
	ByTitle  Sort = "title"
	ByStage  Sort = "stage"
	ByNumber Sort = "number"
)

// Sorts lists the orders, the default first.
func Sorts() []Sort { return []Sort{ByRecent, ByTitle, ByStage, ByNumber} }

// Filter chooses initiatives. Empty fields choose nothing; fields are joined by AND.
type Filter struct {
	Stages    []Stage `json:"stages,omitempty"` // any of these
	Matter    string  `json:"matter,omitempty"`
	Place     string  `json:"place,omitempty"` // code of a place
	Unit      id.ID   `json:"unit,omitempty"`  // holds an open part
	Sponsor   id.ID   `json:"sponsor,omitempty"`
	Owner     id.ID   `json:"owner,omitempty"`
	Objective id.ID   `json:"objective,omitempty"`
	Origin    Origin  `json:"origin,omitempty"`
	Tag       string  `json:"tag,omitempty"`
	Text      string  `json:"text,omitempty"` // every word, each as the beginning of a word
}

// ListQuery asks for one page of a list.
type ListQuery struct {
	Filter
	Sort    Sort // "": recent
	Page    int  // from 1
	PerPage int  // 0: 20; at most 100
}

// Summary is one line of a list.
type Summary struct {
	ID          id.ID
	Number      string
	Title       string
	Problem     string
	Lang        string
	Origin      Origin
	Matter      string
	Places      []string
	Address     string
	Point       *Point
	Tags        []string
	Initials    string
	Stage       Stage
	StageSince  calendar.Day
	Visibility  act.Visibility
	SignalledOn calendar.Day
	PublishedOn calendar.Day
	Lead        id.ID        // unit of the accepted lead, "" while there is none
	LeadStated  bool         // true: only a source says so, the unit has not confirmed
	Budget      money.Amount // planned: authorisations or payments, whichever says more
}

// List is one page of a list with the size of the whole.
type List struct {
	Items   []Summary
	Total   int
	Page    int
	PerPage int
	Stages  map[Stage]int // how many there are by stage, whatever stages the filter wants
}

// Pages counts the pages, at least 1.
func (l List) Pages() int { return max(1, (l.Total+l.PerPage-1)/max(1, l.PerPage)) }

// Counts says how many initiatives of a filter there are by stage, by matter and by place. An
// initiative in two places counts in both.
type Counts struct {
	Total   int
	Stages  map[Stage]int
	Matters map[string]int
	Places  map[string]int
}

// MapView is what the map of a filter shows: points, and counts for those that only name a place.
type MapView struct {
	Points  []MapPoint
	ByPlace map[string]int
	Nowhere int // neither point nor place
}

// MapPoint is one initiative on the map.
type MapPoint struct {
	ID     id.ID
	Number string
	Title  string
	Stage  Stage
	Point  Point
}
