package graph

// ChecksArguments says whether the arguments of a field are checked before an operation begins.
func ChecksArguments(of, field string) bool { return selectionArguments[of+"."+field] != nil }
