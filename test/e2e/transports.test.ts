import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { transportConformance } from '../../shared/sync/channel/transport.conformance';
import { connect } from '../channel/end';
import { NodeEnd } from '../channel/node-end';
import { ChannelPages } from '../channel/pages';
import { PageEnd } from '../channel/page-end';

let pages: ChannelPages;
let two: readonly [Page, Page];
beforeAll(async () => {
  pages = await ChannelPages.start();
  two = [await pages.open('transport.html'), await pages.open('transport.html')];
});
afterAll(() => pages.close());

transportConformance('WebRTC in Chromium', () => connect(new PageEnd(two[0]), new PageEnd(two[1])));
transportConformance('WebRTC from Chromium to Node', () => connect(new PageEnd(two[0]), new NodeEnd()));
transportConformance('WebRTC from Node to Chromium', () => connect(new NodeEnd(), new PageEnd(two[0])));

it('has shown no error in a page', () => {
  expect(pages.faults).toEqual([]);
});
