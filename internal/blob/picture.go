package blob

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"parvis/internal/fault"
	"parvis/internal/i18n"
)

// Picture is a stored picture with its size in pixels, for the page that shows it.
type Picture struct {
	Blob
	Width, Height int
}

// maxPixels bounds what is decoded: a small file may say that it holds a huge picture.
const maxPixels = 40_000_000

// PutPicture keeps a PNG or JPEG picture made anew from its pixels: where and by whom it was taken
// (EXIF, GPS) goes away, and so does whatever else was hidden in the file. It is turned upright first.
//
// Errors: those of Put; fault.TooLarge over 40 million pixels.
func (s *Store) PutPicture(ctx context.Context, r io.Reader, limit int64) (Picture, error) {
	if limit == 0 {
		limit = 15 << 20
	}
	raw, err := io.ReadAll(io.LimitReader(&stoppable{ctx, r}, limit+1))
	if err != nil {
		return Picture{}, err
	}
	if int64(len(raw)) > limit {
		return Picture{}, fault.New(fault.TooLarge, "blob.too_large", "limit", i18n.Bytes(limit))
	}
	clean, size, err := remade(raw)
	if err != nil {
		return Picture{}, err
	}
	b, err := s.Put(ctx, bytes.NewReader(clean), Limits{Size: limit * 4, Media: []Media{PNG, JPEG}})
	return Picture{b, size.X, size.Y}, err
}

// remade decodes and encodes a picture again in its own format.
func remade(raw []byte) ([]byte, image.Point, error) {
	refused := fault.New(fault.Invalid, "blob.media", "allowed", "PNG, JPG")
	config, format, err := decodeConfig(raw)
	if err != nil {
		return nil, image.Point{}, refused
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return nil, image.Point{}, fault.New(fault.TooLarge, "blob.too_many_pixels")
	}
	var out bytes.Buffer
	var picture image.Image
	if format == PNG {
		if picture, err = png.Decode(bytes.NewReader(raw)); err == nil {
			err = png.Encode(&out, picture)
		}
	} else if picture, err = jpeg.Decode(bytes.NewReader(raw)); err == nil {
		picture = upright(picture, orientation(raw))
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 85})
	}
	if err != nil {
		return nil, image.Point{}, refused
	}
	return out.Bytes(), picture.Bounds().Size(), nil
}

// decodeConfig reads the head of a picture, without the registry of formats of package image: only
// these two are ever decoded.
func decodeConfig(raw []byte) (image.Config, Media, error) {
	if c, err := png.DecodeConfig(bytes.NewReader(raw)); err == nil {
		return c, PNG, nil
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(raw)); err == nil {
		return c, JPEG, nil
	}
	return image.Config{}, "", errors.New("blob: neither PNG nor JPEG")
}

// upright turns a picture as its camera was held (EXIF 2.32, tag 0x0112: 1 to 8).
func upright(src image.Image, held int) image.Image {
	if held < 2 || held > 8 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	flat := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(flat, flat.Bounds(), src, b.Min, draw.Src)
	size := image.Rect(0, 0, w, h)
	if held >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := turned(held, x, y, w, h)
			out.SetRGBA(tx, ty, flat.RGBAAt(x, y))
		}
	}
	return out
}

// turned is where the pixel x, y of a picture of w by h goes.
func turned(held, x, y, w, h int) (int, int) {
	switch held {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	}
	return y, w - 1 - x // 8
}
