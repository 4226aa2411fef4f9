package breached

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

const (
	hashDigits = 40
	// longestLine is the size of a hash, a colon, a count and the end of the line, in bytes.
	longestLine = 64
	// block is how much is read at once when few lines are left, in bytes.
	block = 16 * longestLine
	// samples is the number of places at which a file is checked before it is used.
	samples = 1000
)

// file is a collection on disk: lines of a hash and a count, sorted by hash. It is never read completely, because
// it has a billion lines.
type file struct {
	reader io.ReaderAt
	size   int64
	closer io.Closer
}

// openFile opens a collection and checks samples of its lines.
func openFile(name string) (_ *file, err error) {
	opened, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.Close())
		}
	}()

	info, err := opened.Stat()
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("must be a file")
	}

	f := &file{reader: opened, size: info.Size(), closer: opened}

	return f, f.verify() // guard: a file is looked at before it is used
}

// verify checks whether lines from all over the file are well formed and sorted.
func (f *file) verify() error {
	last := ""
	for i := range int64(samples) {
		line, _, err := f.lineFrom(f.size * i / samples)
		if err == nil && line == "" && i > 0 {
			break // past the last line
		}

		hash, _, parseErr := parseLine(line, hashDigits)
		if err = errors.Join(err, parseErr); err == nil && hash < last { // guard: a file is in order
			err = errMalformed
		}
		if err != nil {
			return err
		}

		last = hash
	}

	return nil
}

// lineFrom returns the first line that begins at or after the offset, and where it begins; the line is "" at the
// end of the file.
func (f *file) lineFrom(offset int64) (line string, start int64, err error) {
	inside := offset > 0
	if inside {
		offset-- // a line begins at the offset if another one ends before it
	}

	text, err := f.read(offset, 3*longestLine)
	if err != nil {
		return "", 0, err
	}

	start = offset
	if inside {
		_, rest, found := strings.Cut(text, "\n")
		if !found && offset+int64(len(text)) < f.size {
			return "", 0, errMalformed
		}
		start += int64(len(text) - len(rest))
		text = rest
	}

	line, _, found := strings.Cut(text, "\n")
	if !found && start+int64(len(text)) < f.size {
		return "", 0, errMalformed
	}

	return line, start, nil
}

// read reads the given number of bytes, or fewer at the end of the file.
func (f *file) read(offset int64, bytes int) (string, error) {
	buffer := make([]byte, bytes)
	n, err := f.reader.ReadAt(buffer, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return string(buffer[:n]), nil
}

// contains searches the file by bisection until few lines are left. Each step reads a few bytes; a billion lines
// take 26 steps.
func (f *file) contains(_ context.Context, hash string) (bool, error) {
	// If the line exists, it begins at or after low, and before high.
	low, high := int64(0), f.size
	for high-low > block {
		line, start, err := f.lineFrom(low + (high-low)/2)
		if err != nil {
			return false, err
		}

		found, listed, err := parseLine(line, hashDigits)
		switch {
		case err != nil:
			return false, err
		case found == hash:
			return listed, nil
		case found < hash:
			low = start
		default:
			high = start
		}
	}

	text, err := f.read(low, int(high-low))
	if err != nil {
		return false, err
	}

	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			continue
		}

		found, listed, err := parseLine(line, hashDigits)
		if err != nil {
			return false, err
		}
		if found == hash {
			return listed, nil
		}
	}

	return false, nil
}

func (f *file) close() error { return f.closer.Close() }
