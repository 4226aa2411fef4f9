// The account in a page of the shop, ready to be seen: with '@accountql/react/style.css'.

export { AccountArea, AccountScreen, type OwnScreen, type Theme } from './Embedded';
