import { expect, it } from 'vitest';
import { VECTORS } from '../../test/signatures/vectors';
import { verdicts } from '../../test/signatures/verdicts';

it('signatures are judged by the one rule, in Node: small order, not canonical, mixed order, malleated', async () => {
  const said = await verdicts();
  expect(VECTORS.map(({ name }, index) => [name, said[index]])).toEqual(
    VECTORS.map(({ name, valid }) => [name, valid]),
  );
});
