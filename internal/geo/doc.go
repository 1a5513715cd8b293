// Package geo holds the territories of a city: arrondissements, quartiers, sectors, squares.
//
// Coordinates are WGS 84 longitude and latitude in degrees, as GeoJSON has them (RFC 7946). It reads
// and writes GeoJSON, tells in which territory a point lies, measures, finds where to put a label, thins
// outlines without opening gaps between neighbours, and projects them to the view box of an SVG map.
// It suits a city or a département: nothing here crosses the antimeridian or holds a pole.
package geo
