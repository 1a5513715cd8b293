package i18n

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// joint stands before a French article so that Joined finds it: nobody types it (private use, Unicode §23.5).
const joint = "\uE000"

// genders gives the gender of the first words of the names of posts and of units that their endings do not tell;
// "le" and "la" as the dictionary of the Académie has them.
var genders = map[string]string{
	"maire": "le", "maire-adjoint": "le", "service": "le", "secrétariat": "le", "cabinet": "le", "comité": "le", "conseil": "le", "pôle": "le", "bureau": "le",
	"département": "le", "centre": "le", "atelier": "le", "établissement": "le", "office": "le", "chef": "le", "groupe": "le", "laboratoire": "le", "collège": "le",
	"agence": "la", "régie": "la", "cellule": "la", "équipe": "la", "mairie": "la", "ville": "la", "présidence": "la", "cheffe": "la", "métropole": "la",
	"commune": "la", "caisse": "la", "école": "la", "police": "la", "médiathèque": "la", "bibliothèque": "la", "assemblée": "la", "unité": "la", "antenne": "la",
	"maison": "la", "chargée": "la", "déléguée": "la", "députée": "la", "élue": "la", "adjointe": "la", "adjoint": "le", "agente": "la", "agent": "le", "chargé": "le", "délégué": "le",
	"régisseur": "le", "élu": "le", "dpo": "le", "consortium": "le", "président": "le", "présidente": "la", "référent": "le", "référente": "la",
	"habitants": "les", "services": "les",
}

// endings tell the gender of most of the others, the longest first.
var endings = []struct{ end, article string }{
	{"tion", "la"}, {"sion", "la"}, {"trice", "la"}, {"euse", "la"}, {"ière", "la"}, {"ère", "la"}, {"eure", "la"}, {"ienne", "la"}, {"esse", "la"},
	{"teur", "le"}, {"eur", "le"}, {"ier", "le"}, {"ien", "le"}, {"eller", "le"}, {"ment", "le"}, {"iat", "le"},
}

// epicene words take the gender of what follows them.
var epicene = []string{"secrétaire", "responsable", "gestionnaire", "architecte", "bibliothécaire", "commissaire", "membre", "juriste"}

// Definite gives the French name of a post or of a unit its article: « l’adjointe au numérique », « le service des
// ponts », « la Direction de la voirie ». A word whose gender it does not know keeps none. Joined must be applied to the
// sentence in which the name stands.
func Definite(name string) string {
	word, rest, _ := strings.Cut(name, " ")
	article := gender(strings.ToLower(word), rest)
	if article == "" {
		return name
	}
	if article != "les" && elides(word) {
		return joint + "l’" + lowered(name)
	}
	return joint + article + " " + lowered(name)
}

func gender(word, rest string) string {
	if article, known := genders[word]; known {
		return article
	}
	if slices.Contains(epicene, word) {
		next, _, _ := strings.Cut(rest, " ")
		switch {
		case strings.HasSuffix(next, "ale") || strings.HasSuffix(next, "ère") || strings.HasSuffix(next, "ée") || strings.HasSuffix(next, "ointe"):
			return "la"
		case strings.HasSuffix(next, "al") || strings.HasSuffix(next, "er") || strings.HasSuffix(next, "é") || strings.HasSuffix(next, "oint"):
			return "le"
		}
		return ""
	}
	for _, e := range endings {
		if strings.HasSuffix(word, e.end) {
			return e.article
		}
	}
	return ""
}

func elides(word string) bool {
	first, _ := utf8.DecodeRuneInString(strings.ToLower(word))
	return strings.ContainsRune("aàâeéèêiîoôuûyœ", first) || strings.HasPrefix(strings.ToLower(word), "hab")
}

// bodies begin the names of units, which keep their capital: « la Direction de la voirie ».
var bodies = strings.Fields(`direction service secrétariat cabinet comité conseil pôle bureau département centre mission agence régie cellule équipe
	mairie ville présidence métropole commune caisse délégation division sous-direction consortium unité maison atelier`)

// lowered begins with a small letter, unless it names a unit or the whole first word is an acronym.
func lowered(name string) string {
	word, _, _ := strings.Cut(name, " ")
	if slices.Contains(bodies, strings.ToLower(word)) {
		return name
	}
	if utf8.RuneCountInString(word) > 1 && word == strings.ToUpper(word) {
		return name
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}

// Joined contracts the articles of Definite with what stands before them (de + le = du), and begins the sentence with a
// capital when it begins with one of them.
func Joined(sentence string) string {
	if !strings.Contains(sentence, joint) {
		return sentence
	}
	if rest, begins := strings.CutPrefix(sentence, joint); begins {
		first, size := utf8.DecodeRuneInString(rest)
		sentence = string(unicode.ToUpper(first)) + rest[size:]
	}
	return strings.NewReplacer("de "+joint+"les ", "des ", "de "+joint+"le ", "du ", "à "+joint+"les ", "aux ", "à "+joint+"le ", "au ", joint, "").Replace(sentence)
}
