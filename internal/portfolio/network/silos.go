package network

// Least is below how many holders, and LeastTies below how many ties, a figure is not told (rule R3).
const (
	Least     = 5
	LeastTies = 10
)

// EffectiveSilos is the effective number of silos: the Hill number of order 2, one over the sum of the
// squared shares. Four silos of which one does everything are worth one. 0 when nothing is shared out.
func EffectiveSilos(weights map[string]float64) float64 {
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum += w
		squares += w * w
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}
