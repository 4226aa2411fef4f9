//go:build profile

package server

import (
	"net/http"
	_ "net/http/pprof" //nolint:gosec // this file is in no release: only `-tags profile` builds it
)

// A binary built with -tags profile serves its profiles on a port of this machine, for `make pgo` and for anyone
// who investigates where the time goes. A release never does.
func init() {
	go func() { _ = http.ListenAndServe("127.0.0.1:6060", nil) }() //nolint:gosec // as above
}
