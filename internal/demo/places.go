package demo

import _ "embed"

// Places are the invented quarters of Valmont.
//
//go:embed valmont.geojson
var Places []byte

// Matter is a matter of the invented city.
type Matter struct{ Code, FR, EN string }

// Matters are those of Valmont.
var Matters = []Matter{
	{"proprete", "Propreté et eau", "Cleanliness and water"},
	{"voirie", "Voirie et déplacements", "Roads and mobility"},
	{"numerique", "Numérique", "Digital affairs"},
	{"espaces_verts", "Espaces verts", "Parks"},
	{"urbanisme", "Urbanisme", "Planning"},
	{"culture", "Culture", "Culture"},
	{"scolaire", "Écoles", "Schools"},
	{"participation", "Participation", "Participation"},
	{"transports", "Transports", "Transport"},
}
