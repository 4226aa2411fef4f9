import type { NextConfig } from 'next';

export default {
  // The API answers on the shop's own origin, so its cookies are the shop's.
  rewrites: async () => [{ source: '/graphql', destination: `${process.env.ACCOUNTQL_URL}/graphql` }],
} satisfies NextConfig;
