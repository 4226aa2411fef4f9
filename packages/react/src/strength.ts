import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

// This module is a chunk of its own: the list of common passwords is larger than the rest of the page.
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

// Its cost grows faster than the length, and what is this long is strong.
const longest = 64;

/** From 0, tried first, to 4, practically never guessed. */
export type Strength = (password: string, known: string[]) => 0 | 1 | 2 | 3 | 4;

export const strength: Strength = (password, known) => estimator.check(password.slice(0, longest), known).score;
