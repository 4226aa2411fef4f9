#!/usr/bin/env bash
# What the tools of the clients make of our schema and of the documents here, and whether it is well typed.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf build
mkdir -p build/relay build/relay-plain
cp ../../schema.graphqls build/schema.graphql

echo {} >build/relay-documents.json
npx relay-compiler relay.config.json
npx relay-compiler relay.plain.config.json
sed -i "s/[.]graphql';/.graphql.js';/" build/relay*/*.js

npx generate-persisted-query-manifest --config persisted-query-manifest.config.json
npx graphql-codegen --config codegen.config.mjs --silent

npx gql.tada generate-output --tsconfig tada/tsconfig.json
npx gql.tada check --tsconfig tada/tsconfig.json --fail-on-warn
npx gql.tada generate-persisted --tsconfig tada/tsconfig.json

npx tsc -p codegen
npx tsc -p tada
