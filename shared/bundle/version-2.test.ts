import { expect, it } from 'vitest';
import { all } from '../../test/kit/streams';
import { errorCode } from '../errors';
import { readPart } from './content';
import { Letter } from './letter';
import { unlock } from './lock';
import { sourceOf } from './source';

/** A bundle as the app wrote it when 2 was its version: a network of one, a page, and a file of three bytes on it. */
const OLD = [
  'iVBIQg0KGgoCAAAANKNkY29zdApkc2FsdFB5jXQrq3tN7B+d4JJjVl2kZWNoZWNrUC+t/2v3sZe68NBb4CoBe+hj+Frhjxn1cykg',
  'M6HRp6SV+vZSKIToAvXn8VkcHaRWyVcMBayQiffCWviXuPWl/UJKtMp1vN7Z/w/8nrmhZnGw9YqWdow+gAdbotBF38YwPjf8K3W3',
  'EK+lCGk+m6K63Fa9W8xyl0HLWx0fIG16dOOvvtekEIitokHv1DUpXe7FU+46EdDbBgDpvSGKVuPHR2V5bZIQlYXMJP4TugBKhrBH',
  'T6WP7kdBjTc9eTS/GVhg3HyTW8R1LLKXii0WNuEbgjrMIpwpPQbZ7r1zsjadqowj84RXaRpyA6RkTgTNVZkx09RP4NxJPwhJWxEg',
  'j4yHcBUVQA9DsIlOEQzln+CuQJD4N9BiVZq1IjYBc1yZwA69LC5VgQ4D4HEvuBJwa6tvaHDbwyCgf3CrJwDD9XSzLj3RJztN3dLx',
  'nA266220Rtjj2iOuUM3OJfE3RD0VPdAa+c7hubLPrN494zAJO2Z75URel1UbMSpjDjV4SjmZD/Fg1BTfMiMvQq51t84QUfrqI3Mq',
  'ysdW1xSQLvUFnkvbqzmvpkpgRWo2ubfeFe8iSyg18gXG2Ir/3tzDEQRWd1XGqR2L+rCA0mSe6YP4uQdgvb48dvQa1sWaSPrZEONI',
  'KGHQybtaVf9Kyxl4MFHNaaOmH33uBv+CSCW6JdenZVtdSAbZAZDR+BQY8eSp5wPQXlQ91YSAE0tdp11M7DeNb+auJ+dMw4Mlh2uU',
  '5pHDqVD/oXI8GYV84TQsrMlGCiSnfm9QD45uenZHGp98ZLwa7tkJAmi31PPczeLKQuNMo9XUZl0PxE3O4i4fRY1aAfsNq3irXupz',
  'VtNaw7ET5nxsb7WivWH+mSDp3+NZhs82mdCek4ze88o8vIledcekUgF2AQPFxD/sYabjlJwCUnk8NlFn7l7axwQJNBNzKqJEG6Wa',
  'DMdni9qMa6mVVdY2fIN5NTM3DhOwRTjpfdy9lhNIYoMqyvhR+qkKMxLxPrGoY8cunloinQaDn1nG9WvaAmbXnJvN16U5VH0kWGCu',
  'csAaHfQSbpQNFh72tQLpwMKSOIh8d/PdrmtTyhKhVumigK6ypolgbS7FjOuOJt6lGIIZKxIr9PVqdQzVfqgbmF8YdKpw8fbYvdH+',
  '5dr6PRVczuhmJiKfFM7wE4lRRzHxmgF4971L/ffWU6TxudjDPDIC7WyRilptDphbHppZ6gv029Av21uXUQ0xIYArEG99j1poVtW2',
  'NCysFbzIWnn8tF6DS9vyAuDJLrXURXRY1aBJVFs/zVPzKMaNVQ8DQs5AwtL5YER9wmnl7bhMMBKhjPg6OUviUkaDBjtglfs2quD3',
  'bmLfBqvjcjCUiYWWQ7ckHehTpIjzzqz4P/jVAzSVaLx/X+vPQJppjGFtKKFh8l1RakuThbtHykgfd4GpvDauD/iLAIHweRRhFZj/',
  '+WVnAdN+UEL9C21tF/rpeJoDbehccDIfxOCnt8vF4coBHcUyRqmKXj8Ae1XomNfFE8knaHZrnyvz8YxMAY0znmOcEaQ5FJukBhGz',
  'ktAuB0KwCV4M7sI7tVgxn7rFc+42FLfgqAlUVedcOh65OVrAa3kJvJfqOx+QcHWbKkiuwl+16WnHF8sYSYHSqOpAg44G93vayGo1',
  'Wz+DW9xDvGGkVwgqGojDBFFsuvGFZiyqX/z5Hc8tlFWwS2pq64Hp5SzyvJXIFJRiaGfejO0jxj03uSAEKVVoIo71o5oUwGnVRiLX',
  'n7afDk62hMGfrcgmL6PtY06buB48UJS1wd5PqyF3pX+pQKfbKo9MdAjnsefEnva8Hs4BPewmMEWXrq25JO3JniFMRi9OX/xIymf1',
  's2kIiDHQldqL0nRYIMgXAr1fVeb1pxGiAcl+3o9q5Gj18ocuphyxOjtSvg+K6PFsuOk/nJ1BB4PPHRg6af7rURgsA0CLxMZKvvxM',
  'Rs6tNKVyae7/w7jp75ApT89bFi/DD3TdjhqehzCDA9Zmqpkhm1nU+7UqnwWRMm7t5Klp7jTaLUonsfjDccXWR1jG0lGNZ0pTsRnn',
  '5rWueI/4Tb0J2muBKH+mHh3T3244ZLKiWJnEExbAVy+6Jo82FCEp+BTsAjixqmmJVRz0v20GprjxWV2E1l++0/eFvl0JP5dLU6ce',
  '721n9vrAQD8h6btwFahvv3TwSKoDBrHbeDZ5yN4MIxpyI3I7VwzwTOHDqKT71Lo9CaGC2pT4o30WzVa3MP3XYgaFb0c4nkF3Ojcm',
  'Bf3fxHfYUIcGVxnrKRSfXMqAnnp4FgBAr/+a9i5M96/cPh24+iNsMCg5i0vasCT6/LrE8JucraZBCcPJptX9D+nbv+pOqeNkGw9/',
  '/5X/C57uYNLgPNoZadD5VoXVX/qZBu5OpTJ0saWTbXHfqXSkbZYVncRW2qq4cUOD5zF6qgvpDGFwnVF/C+EapNZDj1se35SUw9kY',
  'MYOKDhIEHkA4+8RcedavLiYrV0DQqNEJRxoo67Cc3mG1KH0s0aI1Kl4lBoBRBlfPdCZR9VJGUU+cL2aspFGZO5PeNsbrJRylNkTu',
  'Q2kOtyQynAOrQ4/3nBjw6d39o0/ozfQy+6jQNolqTIwgPtcvQBiokSPFZ0bsRE2v+Eh1lLL/NCMlMpQdtNYIqQAh5JOAZYp56tBI',
  'IYmvTypeJSscewRn5sEAMOFT+cRXKWWcI0rbQKVjjmKhMZuJ8D3hX5yidyqJwU8iUXIwsLzEHBNlbsQCfYn4Yh/WE/X2n48UAJ57',
  'hI3P/MYj3jUFDBboZ4sCcSCaUjPlQp4zRTtslGC8X3sqAnLHVRG5Rh9mizWftN3anMHJynMOBMa7ONYSbhQXw1ovYETYToWXhJw1',
  'CyPpmUqpCywKnd8gT9mwe7jpJBZal4W11x47vUs49caXVDBe2swTO4FT5ZhzZtafVJQ7nnVdzbKgl2klAHLuu0c/xvXrcHGI1lyr',
  'pBYq9ClhCRl0JZyb5waTEQawfCFptFhcmNn9AT+MoBTvsxfurZaJXWmY+sTvT+/kGAWJxIPgcqzeiItC8M3DlhwP/VYR4gd9SVuT',
  'USYOIwXvLRLsF0r/yXUGzj5O/yXwYAXzgPnzo1cblhxZU4U8+Q/FwX2s+OX3py99oI7yY0mnPSRADa4HUdvkm+XQC2DNrik13XIm',
  'Rnjrzk/YGkYIpztwXxWwuN4NTsu3oCH6vhZs3/jxzyL/w0ToSyaYyConPWi5lpF66wmhuh8jsRyYHibxGu2kZ+TnElv4uai3mFfb',
  'opivR9Wki5I4YQXd1MDssGLUDYiK0b1PQWtwplYa1sDFwavRCjq0tHS2Cqxd0E9XXamz8LxeoE3p67Y17nMiTgTyvAA9CAnsmdEL',
  'XNdEpIgbdOURNw==',
].join('');

const read = async (file: Uint8Array) => {
  const letter = new Letter(await unlock(sourceOf(file), { passphrase: 'correct horse battery', opener: null }));
  const parts = (await all(letter.content())).map((part) => readPart(part));
  return { parts, files: await all(letter.files(() => undefined)) };
};

it('a bundle that an app of before made is read, files and all, and no byte of it can be another', async () => {
  const file = Uint8Array.from(Buffer.from(OLD, 'base64'));
  expect(file[8]).toBe(2);
  const { parts, files } = await read(file);
  expect(parts.map(({ kind }) => kind)).toEqual(['head', 'events', 'updates']);
  expect(parts[2]).toMatchObject({ batch: { doc: 'page:1' } });
  expect(files.map(({ piece }) => piece?.bytes)).toEqual([undefined, Uint8Array.of(1, 2, 3)]);
  for (let at = 0; at < file.length; at += 37) {
    const changed = file.slice();
    changed[at]! ^= 1;
    expect(await read(changed).then(() => 'read', errorCode)).toMatch(/^(bundle|bytes)-/);
    expect(await read(file.subarray(0, at)).then(() => 'read', errorCode)).toMatch(/^bundle-/);
  }
});
