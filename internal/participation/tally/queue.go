package tally

// queue is a binary heap of goods by key, smallest first.
type queue []int32

func (q queue) init(key []uint64) {
	for i := len(q)/2 - 1; i >= 0; i-- {
		q.down(i, key)
	}
}

func (q *queue) push(g int32, key []uint64) {
	*q = append(*q, g)
	h := *q
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if key[h[parent]] <= key[h[i]] {
			return
		}
		h[parent], h[i] = h[i], h[parent]
		i = parent
	}
}

func (q *queue) pop(key []uint64) int32 {
	h := *q
	top := h[0]
	h[0] = h[len(h)-1]
	*q = h[:len(h)-1]
	q.down(0, key)
	return top
}

func (q queue) down(i int, key []uint64) {
	for {
		child := 2*i + 1
		if child >= len(q) {
			return
		}
		if child+1 < len(q) && key[q[child+1]] < key[q[child]] {
			child++
		}
		if key[q[i]] <= key[q[child]] {
			return
		}
		q[i], q[child] = q[child], q[i]
		i = child
	}
}
