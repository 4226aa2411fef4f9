import { useBrand, type LinkName } from '../brand';
import icon from '../icon.svg';
import { t, type Key } from '../words';

/** The shop's logo, or its mark and its name. */
export function BrandMark() {
  const brand = useBrand();
  if (brand?.logo) {
    return (
      <picture>
        <source srcSet={brand.logo.dark} media="(prefers-color-scheme: dark)" />
        <img className="logo" src={brand.logo.light} alt={brand.name} />
      </picture>
    );
  }
  return (
    <>
      <img src={brand?.mark ?? icon} alt="" width="32" height="32" />
      {brand?.name ?? 'AccountQL'}
    </>
  );
}

const names: Record<LinkName, Key> = { help: 'brand.help', terms: 'brand.terms', privacy: 'brand.privacy', imprint: 'brand.imprint' };

/** The shop's own pages, at the foot of every screen. */
export function ShopLinks() {
  const links = useBrand()?.links;
  const given = (Object.keys(names) as LinkName[]).flatMap(name => (links?.[name] ? [{ name, href: links[name] }] : []));
  if (given.length === 0) {
    return null;
  }
  return (
    <ul className="shop-links">
      {given.map(({ name, href }) => (
        <li key={name}>
          <a href={href} rel={name === 'terms' || name === 'privacy' ? `noopener ${name === 'privacy' ? 'privacy-policy' : 'terms-of-service'}` : 'noopener'} target="_blank">
            {t(names[name])}
          </a>
        </li>
      ))}
    </ul>
  );
}
