import { useEffect, useState } from 'react';

export interface Province {
  /** What is stored and sent. */
  code: string;
  name: string;
}

export interface Provinces {
  /** What one is called in that country. */
  word: Word;
  list: Province[];
}

type Word = 'Province' | 'State' | 'Island' | 'Region' | 'Department' | 'County' | 'Prefecture' | 'Parish' | 'Emirate' | 'District' | 'Area';

type Lists = Record<string, string>;

/**
 * The provinces of a country, or undefined where there is no list of them. The lists are a chunk of their own; until
 * it is there, and where it can't be had, there is none, and the customer types a name or a code.
 */
export function useProvinces(country: string): Provinces | undefined {
  const [lists, setLists] = useState<Lists>();
  useEffect(() => {
    import('../provinces').then(({ provinceLists }) => setLists(provinceLists), () => {});
  }, []);
  const line = lists?.[country];
  return line === undefined ? undefined : provincesOf(line);
}

function provincesOf(line: string): Provinces {
  const [word = '', ...provinces] = line.split(';');
  const list = provinces.map(province => {
    const [code = '', name = code] = province.split('=');
    return { code, name };
  });
  return { word: word as Word, list: list.sort((a, b) => a.name.localeCompare(b.name)) };
}
