# The commands of the desk. `make check` is the whole gate; .ci/run calls it.

GOLANGCI_LINT := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.14.0

.PHONY: check tidy generate vet lint test timing guards crash soak failover fuzz bench scale pgo release release-archives release-check web account-page account-page-check browser

check: tidy generate vet lint test ## everything that must be green

tidy: ## go.mod and go.sum say what is used
	go mod tidy -diff

GENERATED := graph/internal/gen/*.go graph/schema.resolvers.go examples/go/accountql/generated.go bench/baseline/gen/*.go

generate: ## the generated code is what gqlgen writes, and genqlient for the example
	@before=$$(cat $(GENERATED) | sha256sum); go generate ./... && (cd examples/go && go generate ./...); \
	test "$$before" = "$$(cat $(GENERATED) | sha256sum)" || (echo "go generate changed $(GENERATED): look at the change and commit it" >&2; exit 1)

vet:
	go vet ./...
	go vet -tags failover ./test/failover

lint:
	$(GOLANGCI_LINT) run ./...

test: ## all tests, with the race detector; and whether `make guards` still knows the guards
	go test -race -timeout 60m ./...
	go test -tags guards -run '^TestGuards(AreThere|Compile)$$' ./test/guards

timing: ## the timing laboratory, some ten minutes: can the time of an answer tell what its words don't? See docs/timing.md
	go test -tags timing -run TestTiming -v -timeout 20m ./test/timing

guards: ## takes each guard out of a copy, one at a time: a test must notice (about 25 minutes)
	go test -tags guards -count=1 -timeout 120m -v ./test/guards

crash: ## kills, starves and cuts off the real program under load, and soaks it for five minutes beside that: nothing acknowledged is lost (about 8 minutes). See docs/reliability.md
	go test -tags crash -count=1 -timeout 60m -parallel 6 -v ./test/crash

SOAK ?= 1h

soak: ## puts a mixed load on the real program for SOAK, while what it needs fails in turn: nothing of it grows. See docs/reliability.md
	go test -tags crash -count=1 -timeout 24h -run '^TestSoak$$' -v ./test/crash -soak $(SOAK)

FAILOVER ?=

failover: ## takes the leader of three PostgreSQL servers under Patroni away, 20 times in seven ways (about 25 minutes); FAILOVER='-rounds 3'. See docs/reliability.md
	go test -tags failover -count=1 -timeout 3h -parallel 4 -run '^TestFailover$$' -v ./test/failover $(FAILOVER)

# A number of runs, not a time: when a time is over, go test now and then calls
# the run that it interrupts a failure ("context deadline exceeded", golang/go#75804).
FUZZTIME ?= 30000x

fuzz: ## each fuzz target for FUZZTIME runs; go test fuzzes one at a time
	go test ./graph -run '^$$' -fuzz '^FuzzRequest$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzDocument$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzNegotiate$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzTexts$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzLeaves$$' -fuzztime $(FUZZTIME)
	go test ./graph -run '^$$' -fuzz '^FuzzSettled$$' -fuzztime $(FUZZTIME)
	go test ./internal/store/sqlite -run '^$$' -fuzz '^FuzzParseUTC$$' -fuzztime $(FUZZTIME)
	go test ./internal/device -run '^$$' -fuzz '^FuzzParse$$' -fuzztime $(FUZZTIME)
	go test ./internal/passkey -run '^$$' -fuzz '^FuzzResponse$$' -fuzztime $(FUZZTIME)
	go test ./internal/contact -run '^$$' -fuzz '^FuzzParseEmail$$' -fuzztime $(FUZZTIME)
	go test ./internal/contact -run '^$$' -fuzz '^FuzzParsePhone$$' -fuzztime $(FUZZTIME)
	go test ./internal/password -run '^$$' -fuzz '^FuzzImport$$' -fuzztime $(FUZZTIME)
	go test ./internal/password -run '^$$' -fuzz '^FuzzArgon2id$$' -fuzztime $(FUZZTIME)
	go test ./internal/password -run '^$$' -fuzz '^FuzzCheck$$' -fuzztime $(FUZZTIME)
	go test ./internal/auth -run '^$$' -fuzz '^FuzzCredentials$$' -fuzztime $(FUZZTIME)

BENCH ?=

bench: ## speed and size as ratios to baselines, some ten minutes on a quiet machine; BENCH=-short looks whether all is there
	@! command -v npm >/dev/null || (cd bench/baseline/graphqljit && npm ci --silent --ignore-scripts) || echo "npm ci failed: see the table for graphql-jit" >&2
	go run ./bench $(BENCH)

SCALE ?= -accounts 1000,100000

scale: ## what a number of accounts does to the database's work; SCALE='-accounts 1000,5000000 -keep DIRECTORY'. See docs/scale.md
	go test -tags scale -count=1 -timeout 4h -run '^TestScale$$' -v ./internal/store $(SCALE)

pgo: ## takes release.pgo anew, from the benchmark's load on the real binary
	go run ./bench -pgo release.pgo -rounds 1 -lasting 30s

OUTPUT ?= accountql

release: ## the binary as it is released: trimmed, stripped, and built by release.pgo; the Go command stamps the version
	go build -buildvcs=auto -trimpath -ldflags '-s -w' -pgo release.pgo -o $(OUTPUT) .

release-archives: ## archives for Linux on amd64 and arm64, SBOMs and SHA256SUMS in dist; needs gcc-aarch64-linux-gnu and libc6-dev-arm64-cross
	deploy/release/archives

release-check: ## builds them all again in another directory, without a cache: the digests must be equal
	deploy/release/check

web: account-page ## builds the account page and GraphiQL anew; the result is committed
	cd web/graphiql && npm ci && npm run build

ACCOUNT_PAGE := packages/react/src/gql packages/react/src/keys.ts web/account/dist

account-page:
	cd packages/react && npm ci --silent && npm run --silent codegen >/dev/null && npm run --silent build -- --outDir ../../web/account/dist --emptyOutDir --logLevel warn
	gzip -9 -n -r web/account/dist/assets web/account/dist/LICENSES.md web/account/dist/documents.json

account-page-check: ## the account page is well typed, and what is committed of it is what its source makes
	@sum() { find $(ACCOUNT_PAGE) -type f | LC_ALL=C sort | xargs sha256sum; }; before=$$(sum); $(MAKE) --no-print-directory account-page || exit 1; \
	test "$$before" = "$$(sum)" || (echo "make web changed $(ACCOUNT_PAGE): look at the change and commit it" >&2; exit 1)

browser: ## the account page, GraphiQL and the inbox in Chromium; pictures in test/browser/screenshots
	go build -o test/browser/accountql . && cd test/browser && npm ci --silent && ACCOUNTQL=./accountql npm test
