import fc from 'fast-check';

// A property that names how long something may be is tried up to that length; by itself fast-check goes ten beyond the least.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
