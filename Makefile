# The commands of the desk. `make check` is the whole gate; .ci/run calls it.

GOLANGCI_LINT := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.14.0

.PHONY: check tidy generate vet lint test timing fuzz bench pgo web

check: tidy generate vet lint test ## everything that must be green

tidy: ## go.mod and go.sum say what is used
	go mod tidy -diff

GENERATED := graph/internal/gen/*.go graph/schema.resolvers.go bench/yardstick/gen/*.go

generate: ## the generated code is what gqlgen writes
	@before=$$(cat $(GENERATED) | sha256sum); go generate ./...; \
	test "$$before" = "$$(cat $(GENERATED) | sha256sum)" || (echo "go generate changed $(GENERATED): look at the change and commit it" >&2; exit 1)

vet:
	go vet ./...

lint:
	$(GOLANGCI_LINT) run ./...

test: ## all tests, with the race detector; and whether `make guards` still knows the guards
	go test -race ./...
	go test -tags guards -run '^TestGuardsAreThere$$' ./internal/guards

timing: ## the timing laboratory, some ten minutes: can the time of an answer tell what its words don't? See docs/timing.md
	go test -tags timing -run TestTiming -v -timeout 20m ./graph

guards: ## takes each guard out of a copy, one at a time: a test must notice (about 15 minutes)
	go test -tags guards -count=1 -timeout 60m -v ./internal/guards

# A number of runs, not a time: when a time is over, go test now and then calls
# the run that it interrupts a failure ("context deadline exceeded", golang/go#75804).
FUZZTIME ?= 30000x

fuzz: ## each fuzz target for FUZZTIME runs; go test fuzzes one at a time
	go test ./graph -run '^$$' -fuzz '^FuzzRequest$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzDocument$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzNegotiate$$' -fuzztime $(FUZZTIME)
	go test ./internal/contact -run '^$$' -fuzz '^FuzzParseEmail$$' -fuzztime $(FUZZTIME)
	go test ./internal/contact -run '^$$' -fuzz '^FuzzParsePhone$$' -fuzztime $(FUZZTIME)
	go test ./internal/password -run '^$$' -fuzz '^FuzzImport$$' -fuzztime $(FUZZTIME)
	go test ./internal/auth -run '^$$' -fuzz '^FuzzCredentials$$' -fuzztime $(FUZZTIME)

BENCH ?=

bench: ## speed and size as ratios to yardsticks, some ten minutes on a quiet machine; BENCH=-short looks whether all is there
	go run ./bench $(BENCH)

web: ## builds GraphiQL anew; the result is committed
	cd web/graphiql && npm ci && npm run build
