export { MembersRoutes } from './members-routes';
