package geo

// Layer answers in which territory a point lies. It is immutable and safe for concurrent use.
type Layer struct {
	features []Feature
	boxes    []Box
}

// NewLayer indexes features by their boxes; the features must not change afterwards.
func NewLayer(features []Feature) *Layer {
	l := &Layer{features: features, boxes: make([]Box, len(features))}
	for i := range features {
		l.boxes[i] = features[i].Shape.Box()
	}
	return l
}

// Features are the features of the layer in the order given.
func (l *Layer) Features() []Feature { return l.features }

// At returns the first feature that contains the point, nil when none does.
func (l *Layer) At(p Point) *Feature {
	for i, b := range l.boxes {
		if b.Contains(p) && l.features[i].Shape.Contains(p) {
			return &l.features[i]
		}
	}
	return nil
}
