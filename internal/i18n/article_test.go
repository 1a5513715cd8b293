package i18n_test

import (
	"testing"

	"parvis/internal/i18n"
)

func TestFrenchNamesTakeTheirArticle(t *testing.T) {
	for _, c := range []struct{ sentence, name, want string }{
		{"décidé par ", "Adjointe au numérique et à l’innovation", "décidé par l’adjointe au numérique et à l’innovation"},
		{"décidé par ", "Maire", "décidé par le maire"},
		{"décidé par ", "Secrétaire générale de la Ville", "décidé par la secrétaire générale de la Ville"},
		{"décidé par ", "Secrétaire général", "décidé par le secrétaire général"},
		{"décidé par ", "Directeur des systèmes d’information", "décidé par le directeur des systèmes d’information"},
		{"proposée à ", "Direction de la voirie", "proposée à la Direction de la voirie"},
		{"proposée à ", "Service des ponts", "proposée au Service des ponts"},
		{"la délégation de ", "Directeur de la voirie", "la délégation du directeur de la voirie"},
		{"la délégation de ", "Agence d’innovation", "la délégation de l’Agence d’innovation"},
		{"", "Cheffe de la mission ville intelligente", "La cheffe de la mission ville intelligente"},
		{"", "Chargé de mission participation", "Le chargé de mission participation"},
		{"par ", "Zorglub", "par Zorglub"}, // a word it does not know keeps none
		{"par ", "DSI", "par DSI"},
		{"afin de ", "le faire", "afin de le faire"},
	} {
		if got := i18n.Joined(c.sentence + i18n.Definite(c.name)); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got := i18n.Joined("afin de le réparer, " + i18n.Definite("Service des ponts")); got != "afin de le réparer, le Service des ponts" {
		t.Errorf("%q", got)
	}
}
