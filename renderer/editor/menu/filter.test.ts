import { expect, it } from 'vitest';
import { matching } from './filter';

const find = (query: string, most = 9) =>
  matching(['Zoë Marlow', 'Boat house', 'House', 'Greenhouse', 'Café'], query, (name) => [name], most);

it('finds by what a name begins with, then by its words, then by any part, whatever the accents', () => {
  expect(find('house')).toEqual(['House', 'Boat house', 'Greenhouse']);
  expect(find('ZOE')).toEqual(['Zoë Marlow']);
  expect(find('cafe')).toEqual(['Café']);
  expect(find('house', 2)).toEqual(['House', 'Boat house']);
  expect(find('nothing')).toEqual([]);
  expect(find(' ', 2)).toEqual(['Zoë Marlow', 'Boat house']);
});
