package portfolioweb_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// town is a small city with a portfolio on a real database, and a site over it. Its directory is a table.
type town struct {
	t     *testing.T
	d     *db.DB
	room  *portfolio.Room
	pages *portfolioweb.Pages
	site  *web.Site
	clock *clock.Set
	mails []portfolio.FollowAsk

	sensors  portfolio.Initiative // public, with three sponsors, three parts and a question
	lamps    portfolio.Initiative // internal: nobody outside knows of it
	question portfolio.Arbitration
}

var posts = map[id.ID]portfolio.Post{
	"mission":  {ID: "mission", Code: "MVI", Title: "Cheffe de la mission ville intelligente", Unit: "sg", Held: true},
	"proprete": {ID: "proprete", Code: "VO", Title: "Adjoint à la propreté et à l’eau", Elected: true, Held: true},
	"voirie":   {ID: "voirie", Code: "JP", Title: "Adjointe à la voirie et aux déplacements", Elected: true, Held: true},
	"numeriq":  {ID: "numeriq", Code: "NB", Title: "Adjointe au numérique et à l’innovation", Elected: true, Held: true},
	"dpe":      {ID: "dpe", Code: "DPE", Title: "Directrice de la propreté et de l’eau", Unit: "u-dpe", Held: true},
	"dvd":      {ID: "dvd", Code: "DVD", Title: "Directeur de la voirie et des déplacements", Unit: "u-dvd", Held: true},
}

var units = map[id.ID]portfolio.Unit{
	"u-dpe": {ID: "u-dpe", Code: "DPE", Name: "Direction de la propreté et de l’eau"},
	"u-dvd": {ID: "u-dvd", Code: "DVD", Name: "Direction de la voirie et des déplacements"},
	"u-dsi": {ID: "u-dsi", Code: "DSI", Name: "Direction des systèmes d’information"},
	"sg":    {ID: "sg", Code: "SG", Name: "Secrétariat général"},
}

func directory() portfolio.Directory {
	pick := func(_ context.Context, _ db.Querier, ids []id.ID, _ calendar.Day) (map[id.ID]portfolio.Post, error) {
		out := map[id.ID]portfolio.Post{}
		for _, i := range ids {
			if p, ok := posts[i]; ok {
				out[i] = p
			}
		}
		return out, nil
	}
	pickUnits := func(_ context.Context, _ db.Querier, ids []id.ID, _ calendar.Day) (map[id.ID]portfolio.Unit, error) {
		out := map[id.ID]portfolio.Unit{}
		for _, i := range ids {
			if u, ok := units[i]; ok {
				out[i] = u
			}
		}
		return out, nil
	}
	return portfolio.Directory{Posts: pick, Units: pickUnits,
		SpeaksFor: func(_ context.Context, _ db.Querier, post, unit id.ID, _ calendar.Day) (bool, error) {
			return posts[post].Unit == unit, nil
		}}
}

func names() portfolioweb.Names {
	list := func(choices ...portfolioweb.Choice) func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error) {
		return func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error) { return choices, nil }
	}
	choice := func(i id.ID) portfolioweb.Choice { return portfolioweb.Choice{Value: string(i), Label: posts[i].Title} }
	unit := func(i id.ID) portfolioweb.Choice { return portfolioweb.Choice{Value: string(i), Label: units[i].Name} }
	return portfolioweb.Names{
		Posts: func(_ context.Context, ids []id.ID, _ string, _ calendar.Day) (map[id.ID]portfolioweb.Label, error) {
			out := map[id.ID]portfolioweb.Label{}
			for _, i := range ids {
				if p, ok := posts[i]; ok {
					out[i] = portfolioweb.Label{Short: p.Code, Long: p.Title, URL: "/fr/organisation/" + string(i)}
				}
			}
			return out, nil
		},
		Units: func(_ context.Context, ids []id.ID, _ string, _ calendar.Day) (map[id.ID]portfolioweb.Label, error) {
			out := map[id.ID]portfolioweb.Label{}
			for _, i := range ids {
				if u, ok := units[i]; ok {
					out[i] = portfolioweb.Label{Short: u.Code, Long: u.Name}
				}
			}
			return out, nil
		},
		Places:   list(portfolioweb.Choice{Value: "centre", Label: "Centre-Parvis"}, portfolioweb.Choice{Value: "halles", Label: "Les Halles"}),
		Matters:  list(portfolioweb.Choice{Value: "proprete", Label: "Propreté"}, portfolioweb.Choice{Value: "numerique", Label: "Numérique"}),
		Elected:  list(choice("proprete"), choice("voirie"), choice("numeriq")),
		Agents:   list(choice("mission"), choice("dpe"), choice("dvd")),
		AllUnits: list(unit("u-dpe"), unit("u-dvd"), unit("u-dsi")),
	}
}

func on(day string) time.Time { return calendar.Day(day).Clock(9, 0) }

// newTown opens an empty city.
func newTown(t *testing.T) *town {
	return openTown(t, acttest.Allow)
}

func openTown(t *testing.T, decide act.Decider) *town {
	t.Helper()
	c := clock.At(on("2016-03-01"))
	d := dbtest.SQLite(t, c)
	tw := &town{t: t, d: d, clock: c}
	tw.room = portfolio.New(portfolio.Config{Log: acttest.LogWith(t, d, decide, portfolio.Verbs()), Reads: d.Readers, Writer: d.Writer,
		Directory: directory(), Clock: c})
	tw.pages = portfolioweb.New(portfolioweb.Config{Room: tw.room, Names: names(), Layer: layer(), PublicBoards: true,
		AskToConfirm: func(_ context.Context, ask portfolio.FollowAsk, _ portfolio.Initiative) error {
			tw.mails = append(tw.mails, ask)
			return nil
		},
		WhoMayDecide: func(context.Context, portfolioweb.Ask) ([]portfolioweb.Candidate, error) {
			return []portfolioweb.Candidate{{Post: "proprete", Capacity: portfolio.Decides, Reason: "Délégation de fonction, arrêté 2014-112"},
				{Post: "voirie", Capacity: portfolio.Opinion, Reason: "Référente d’une direction qui a une part"}}, nil
		}})
	cfg := webtest.Config(t, append(tw.pages.Routes(), signIn()), portfolioweb.Messages, act.Messages, blob.Messages)
	cfg.Clock = c
	cfg.Assets = append(cfg.Assets, portfolioweb.Assets)
	tw.site = webtest.New(t, cfg)
	t.Cleanup(func() { acttest.Clean(t, d) })
	return tw
}

// signIn stands for the page of another package to which a stale proof of identity leads.
func signIn() web.Route {
	return web.Route{Name: web.SignInRoute, Method: "GET", FR: "/connexion", EN: "/sign-in", Audience: web.Public,
		Handler: func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(http.StatusNoContent); return nil }}
}

func layer() *geo.Layer {
	square := func(code string, west float64) geo.Feature {
		return geo.Feature{ID: code, Shape: geo.Shape{{{{Lon: west, Lat: 47.29}, {Lon: west + .02, Lat: 47.29}, {Lon: west + .02, Lat: 47.31}, {Lon: west, Lat: 47.31}, {Lon: west, Lat: 47.29}}}}}
	}
	return geo.NewLayer([]geo.Feature{square("centre", 1.08), square("halles", 1.1)})
}

func (tw *town) must(err error) {
	tw.t.Helper()
	if err != nil {
		tw.t.Fatal(err)
	}
}

func agent(post id.ID) act.Actor { return acttest.Agent(post) }

// newStory tells of sensors in bins: born of an offer, three sponsors, three directorates of which one
// accepts, one counters, one is silent; a question waits for 1 year and 11 months.
func newStory(t *testing.T) *town {
	tw := newTown(t)
	tw.tell()
	return tw
}

func (tw *town) tell() {
	ctx := context.Background()
	var err error
	tw.sensors, err = tw.room.SignalInitiative(ctx, agent("mission"), portfolio.Signal{Brief: portfolio.Brief{
		Title:    "Collecte guidée par capteurs",
		Problem:  "Les tournées passent à heure fixe devant des bornes vides, pendant que d’autres débordent trois jours par semaine. Les riverains des Halles s’en plaignent chaque été, et les équipes font des kilomètres pour rien.",
		Sufferer: "Les riverains de douze rues et les équipes de collecte du matin.", Origin: portfolio.Supply,
		OriginNote: "Une entreprise a proposé ses capteurs en novembre 2015.", Matter: "proprete", Places: []string{"halles", "centre"},
		Point: &portfolio.Point{Lat: 47.30, Lon: 1.105}, Initials: "VO", Tags: []string{"capteurs", "déchets"}},
		Sponsors: []id.ID{"proprete", "voirie", "numeriq"}})
	tw.must(err)
	tw.parts(ctx)
	tw.dossier(ctx)
	tw.clock.Move(on("2016-04-12"))
	tw.question, err = tw.room.AskArbitration(ctx, agent("mission"), portfolio.AskForm{Initiative: tw.sensors.ID, Case: portfolio.Case{
		Question: "Généraliser à toute la ville ?",
		Context:  "Six mois d’essai sur 40 bornes : 31 % de kilomètres en moins, deux fois moins de débordements. L’exploitation coûterait 22 000 € par an.",
		Options: []portfolio.Option{{Label: "Généraliser aux 900 bornes", Cost: money.Euros(180_000), Consequence: "Marché à lancer avant l’été."},
			{Label: "Étendre aux seuls Halles et Centre", Cost: money.Euros(60_000)}, {Label: "En rester là"}},
		Recommended: 1, Recommendation: "Généraliser : l’essai est concluant et la direction est prête.", Amount: money.Euros(180_000),
		Asked: []portfolio.AskedPost{{Post: "proprete", Capacity: portfolio.Decides}, {Post: "voirie", Capacity: portfolio.Opinion}}}})
	tw.must(err)
	tw.lamps, err = tw.room.SignalInitiative(ctx, agent("mission"), portfolio.Signal{Brief: portfolio.Brief{Title: "Éclairage secret du quai",
		Problem: "Ce projet interne ne doit paraître nulle part.", Origin: portfolio.Demand, Matter: "numerique", Places: []string{"centre"}, Tags: []string{"confidentiel"}}})
	tw.must(err)
	tw.clock.Move(on("2018-03-12"))
}

func (tw *town) parts(ctx context.Context) {
	offer := func(unit id.ID, role portfolio.PartRole, effort string) portfolio.Part {
		p, err := tw.room.OfferPart(ctx, agent("mission"), portfolio.Offer{Initiative: tw.sensors.ID, Unit: unit, Role: role, Effort: effort})
		tw.must(err)
		return p
	}
	lead, roads, _ := offer("u-dpe", portfolio.Lead, "Deux agents à mi-temps pendant six mois."), offer("u-dvd", portfolio.Contribute, "Poser 40 supports."),
		offer("u-dsi", portfolio.Operate, "Héberger les mesures.")
	tw.clock.Move(on("2016-03-10"))
	_, err := tw.room.AnswerPart(ctx, agent("dpe"), portfolio.Answer{Part: lead.ID, Version: lead.Version, Kind: portfolio.Accept})
	tw.must(err)
	_, err = tw.room.AnswerPart(ctx, agent("dvd"), portfolio.Answer{Part: roads.ID, Version: roads.Version, Kind: portfolio.Counter, Text: "Nous posons vingt supports, pas quarante, et pas avant septembre."})
	tw.must(err)
}

func (tw *town) dossier(ctx context.Context) {
	tw.must(tw.room.SetMilestone(ctx, agent("mission"), portfolio.SetMilestone{Initiative: tw.sensors.ID, Label: "Pose des capteurs", Planned: "2015-11", Actual: "2016-01"}))
	tw.must(tw.room.SetMilestone(ctx, agent("mission"), portfolio.SetMilestone{Initiative: tw.sensors.ID, Label: "Bilan public", Planned: "2016-Q2"}))
	tw.must(tw.room.OpenQuestion(ctx, agent("mission"), portfolio.OpenForm{Initiative: tw.sensors.ID, Kind: portfolio.Unknown, Question: "Les capteurs tiennent-ils deux hivers ?", Post: "dpe", Due: "2017-04-01"}))
	tw.must(tw.room.OpenQuestion(ctx, agent("mission"), portfolio.OpenForm{Initiative: tw.sensors.ID, Kind: portfolio.Legal, Question: "La mesure du remplissage est-elle une donnée personnelle ?", Post: "mission", Due: "2016-06-01"}))
	tw.must(tw.room.WriteNote(ctx, agent("mission"), tw.sensors.ID, "Remarque interne : la DSI attend une fiche."))
	tw.must(tw.room.ImportBudget(ctx, agent("mission"), tw.sensors.ID, "Outil financier", []portfolio.Figure{{Year: 2016, Credit: portfolio.AE, Nature: portfolio.Voted, Amount: money.Euros(45_000)}}))
	for _, to := range []portfolio.Stage{portfolio.Qualified, portfolio.Investigated, portfolio.Tested} {
		i, err := tw.room.Sheet(ctx, identity.Visitor{Kind: identity.Agent}, string(tw.sensors.ID))
		tw.must(err)
		_, err = tw.room.AdvanceInitiative(ctx, agent("mission"), portfolio.Advance{Initiative: tw.sensors.ID, Version: i.Version, To: to})
		tw.must(err)
	}
	i, err := tw.room.Sheet(ctx, identity.Visitor{Kind: identity.Agent}, string(tw.sensors.ID))
	tw.must(err)
	tw.sensors, err = tw.room.PublishInitiative(ctx, agent("mission"), portfolio.Publish{Initiative: tw.sensors.ID, Version: i.Version})
	tw.must(err)
}

// The visitors.
func visitor(kind identity.Kind, held ...id.ID) identity.Visitor {
	v := identity.Visitor{Kind: kind, StrongAt: on("2018-03-12")}
	if kind != identity.Anonymous {
		v.Account, v.Name = "cpt", "Camille Aubry"
	}
	for _, p := range held {
		v.Account = "cpt-" + p
		v.Posts = append(v.Posts, identity.PostRef{ID: p, Holder: "aff-" + p, Title: posts[p].Title, UnitID: posts[p].Unit})
	}
	return v
}

var visitors = map[string]identity.Visitor{
	"anonymous": {},
	"resident":  visitor(identity.Resident),
	"mission":   visitor(identity.Agent, "mission"),
	"dpe":       visitor(identity.Agent, "dpe"),
	"dvd":       visitor(identity.Agent, "dvd"),
	"elected":   visitor(identity.Agent|identity.Elected, "proprete"),
	"roads":     visitor(identity.Agent|identity.Elected, "voirie"),
	"admin":     visitor(identity.Agent|identity.Admin, "mission"),
}
