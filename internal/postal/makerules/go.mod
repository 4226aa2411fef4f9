module github.com/accountql/accountql/internal/postal/makerules

go 1.26

require github.com/Boostport/address v0.13.0

require golang.org/x/text v0.28.0 // indirect
