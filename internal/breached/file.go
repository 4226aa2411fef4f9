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
	// longestLine is a hash, a colon, a count and the end of the line.
	longestLine = 64
	// block is what is read at once when few lines are left.
	block = 16 * longestLine
	// samples are the places where a file is looked at before it is used.
	samples = 1000
)

// file is a collection on disk: lines of a hash and a count, sorted by hash. It is
// never read as a whole, for it has a billion lines.
type file struct {
	reader io.ReaderAt
	size   int64
	closer io.Closer
}

// openFile opens a collection, and looks at samples of it: is it sorted lines?
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
	return f, f.verify()
}

// verify looks whether lines from all over the file are lines, and in order.
func (f *file) verify() error {
	last := ""
	for i := range int64(samples) {
		line, _, err := f.lineFrom(f.size * i / samples)
		if err == nil && line == "" && i > 0 {
			break // behind the last line
		}
		hash, _, parseErr := parseLine(line, hashDigits)
		if err = errors.Join(err, parseErr); err == nil && hash < last {
			err = errMalformed
		}
		if err != nil {
			return err
		}
		last = hash
	}
	return nil
}

// lineFrom returns the first line that begins at an offset or after it, and where
// it begins; "" at the end of the file.
func (f *file) lineFrom(offset int64) (line string, start int64, err error) {
	inside := offset > 0
	if inside {
		offset-- // a line begins at the offset if another ends before it
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

// read reads so many bytes, or as many as there are.
func (f *file) read(offset int64, bytes int) (string, error) {
	buffer := make([]byte, bytes)
	n, err := f.reader.ReadAt(buffer, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return string(buffer[:n]), nil
}

// contains halves the file until few lines are left. Each step reads a few bytes; a billion lines are 26 steps.
func (f *file) contains(_ context.Context, hash string) (bool, error) {
	// The line, if it is there, begins at low or after it, and before high.
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
