package password

import (
	"bytes"
	"encoding/hex"
	"errors"
	"go/ast"
	"go/build"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/go-crypt/x/argon2"
)

// This file guards the argon2id derivation that is built from the library's parts: by the RFC, by the library's own
// derivation, and against a library that changes.

// TestRFC9106 checks the test vector of RFC 9106, section 5.3, the only one of argon2id.
func TestRFC9106(t *testing.T) {
	password, salt := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 16)
	secret, data := bytes.Repeat([]byte{3}, 8), bytes.Repeat([]byte{4}, 12)
	want := "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"

	own := newArgon2id(Parameters{MemoryKiB: 32, Iterations: 3, Parallelism: 4}, 1)
	if got := hex.EncodeToString(own.derive(initHash(password, salt, secret, data, 3, 32, 4, 32, mode),
		32)); got != want {
		t.Errorf("the tag is %s, not %s", got, want)
	}
}

// FuzzArgon2id compares our derivation with the library's own.
func FuzzArgon2id(f *testing.F) {
	f.Add([]byte("Café au lait"), []byte("sixteen byte salt"), uint16(64), uint8(1), uint8(1), uint8(32))
	f.Add([]byte(""), []byte("saltsalt"), uint16(9), uint8(3), uint8(1), uint8(4))
	f.Add([]byte("\x00"), bytes.Repeat([]byte("s"), 64), uint16(257), uint8(2), uint8(4), uint8(65))
	f.Add(bytes.Repeat([]byte("x"), maxBytes), []byte("eightbyt"), uint16(100), uint8(4), uint8(7), uint8(129))
	f.Fuzz(func(t *testing.T, password, salt []byte, memory uint16, passes, lanes, size uint8) {
		cost := Parameters{MemoryKiB: int(memory % 1024), Iterations: 1 + int(passes%4), Parallelism: 1 + int(lanes%8)}
		length := 4 + uint32(size)
		want := argon2.IDKey(password, salt, uint32(cost.Iterations), uint32(cost.MemoryKiB), uint32(cost.Parallelism),
			length)

		own := newArgon2id(cost, 1)
		for range 2 { // the second run uses the memory of the first
			if got := own.key(password, salt, length); !slices.Equal(got, want) {
				t.Fatalf("%+v: %x, not %x", cost, got, want)
			}
		}
	})
}

// library parses the package from which the functions are linked, in the version that is built here.
func library(t *testing.T, files *token.FileSet) []*ast.File {
	t.Helper()
	found, err := build.Import("github.com/go-crypt/x/argon2", ".", 0)
	if err != nil {
		t.Fatal(err)
	}

	var parsed []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(files, filepath.Join(found.Dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}

	return parsed
}

// signature returns the types of a function's parameters and results, one for each.
func signature(t *testing.T, function *ast.FuncType) string {
	t.Helper()
	var list []string
	for _, fields := range []*ast.FieldList{function.Params, function.Results} {
		for i := 0; fields != nil && i < len(fields.List); i++ {
			var text strings.Builder
			if err := printer.Fprint(&text, token.NewFileSet(), fields.List[i].Type); err != nil {
				t.Fatal(err)
			}
			for range max(1, len(fields.List[i].Names)) {
				list = append(list, text.String())
			}
		}

		list = append(list, ";")
	}

	return strings.Join(list, " ")
}

// signatures returns the signatures of the files' functions, by name.
func signatures(t *testing.T, files ...*ast.File) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, file := range files {
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil {
				all[function.Name.Name] = signature(t, function.Type)
			}
		}
	}

	return all
}

// TestLinkedFunctions compares signatures because the linker compares only names: a parameter that the library adds
// would be read from an arbitrary place on the stack.
func TestLinkedFunctions(t *testing.T) {
	files := token.NewFileSet()
	own, err := parser.ParseFile(files, "argon2_link.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}

	linked := map[string]string{}
	for _, group := range own.Comments {
		for _, comment := range group.List {
			if words := strings.Fields(comment.Text); words[0] == "//go:linkname" {
				linked[words[1]] = strings.TrimPrefix(words[2], "github.com/go-crypt/x/argon2.")
			}
		}
	}

	declared, theirs := signatures(t, own), library(t, files)
	there := signatures(t, theirs...)
	if len(linked) != 5 || len(declared) != len(linked) {
		t.Fatalf("%d functions are linked, %d declared", len(linked), len(declared))
	}

	for name, target := range linked {
		if declared[name] == "" || declared[name] != there[target] {
			t.Errorf("%s is declared as (%s), and the library's %s is (%s)", name, declared[name], target,
				there[target])
		}
	}

	// Both call their unit of memory a block: check that it is the same type.
	ignored := errors.New("imports are not needed for it")
	config := types.Config{Error: func(error) {}, Importer: importNothing{ignored}}
	checked, _ := config.Check("argon2", files, theirs, nil)
	unit := checked.Scope().Lookup("block")
	if unit == nil {
		t.Fatal("the library has no blocks any more")
	}
	if got := types.SizesFor("gc", build.Default.GOARCH).Sizeof(unit.Type()); got != int64(unsafe.Sizeof(block{})) {
		t.Errorf("a block of the library has %d bytes", got)
	}
	if array, ok := unit.Type().Underlying().(*types.Array); !ok || array.Elem().String() != "uint64" {
		t.Errorf("a block of the library is %s", unit.Type().Underlying())
	}
}

// importNothing is an importer for code that needs no imports.
type importNothing struct{ err error }

// Import always returns the error.
func (i importNothing) Import(string) (*types.Package, error) { return nil, i.err }

// TestHeld guards that the memory of a hash is counted as long as it is there: it decides the collector's pace.
func TestHeld(t *testing.T) {
	const bytes = 64 << 20
	blocks := newArgon2id(DefaultParameters, 1).take(bytes / blockBytes)
	if got := Held(); got < bytes {
		t.Errorf("%d bytes are held beside %d of a hash", got, len(*blocks)*blockBytes)
	}

	for range 100 {
		runtime.GC()
		if Held() < bytes {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d bytes are held after the collector", Held())
}
