package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
)

// erasureLog is the file of --erasure-log: a line of JSON for each erasure. Several processes may append to it.
type erasureLog struct {
	path string
	// writing keeps the lines of this process apart.
	writing sync.Mutex
}

// openErasureLog creates the file if there is none. It returns nil if the setting is empty.
func openErasureLog(path string) (account.ErasureLog, error) {
	if path == "" {
		return nil, nil //nolint:nilnil // nothing is listed
	}

	// Nobody else needs to read it.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return nil, errErasureLog(err)
	}
	if err := errors.Join(file.Sync(), file.Close(), syncFolder(path)); err != nil {
		return nil, errErasureLog(err)
	}

	return &erasureLog{path: path}, nil
}

// checkErasureLog returns an error if openErasureLog would fail. It creates nothing.
func checkErasureLog(path string) error {
	if path == "" {
		return nil
	}

	file, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err == nil {
		return file.Close()
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return errErasureLog(err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return errErasureLog(err)
	}

	return nil
}

func errErasureLog(err error) error {
	return &config.Error{Setting: "--erasure-log", Problem: "can't be written: " + err.Error()}
}

// syncFolder makes the name of a new file durable.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Append implements account.ErasureLog. It opens the file each time, so that a file that was rotated is not written
// to any more, and one that has vanished with its disk is noticed. A line that was cut off is ended first.
func (l *erasureLog) Append(line account.Erasure) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}

	l.writing.Lock()
	defer l.writing.Unlock()

	file, err := os.OpenFile(l.path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}

	begin, err := beginLine(file)
	if err == nil {
		_, err = file.Write(append(append(begin, text...), '\n'))
	}
	if err == nil {
		err = file.Sync()
	}

	return errors.Join(err, file.Close())
}

// beginLine returns what has to stand before a new line: nothing, or the end of a line that was cut off.
func beginLine(file *os.File) ([]byte, error) {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return nil, err
	}

	last := make([]byte, 1)
	if _, err := file.ReadAt(last, info.Size()-1); err != nil {
		return nil, fmt.Errorf("read its end: %w", err)
	}
	if last[0] == '\n' {
		return nil, nil
	}

	return []byte{'\n'}, nil
}
