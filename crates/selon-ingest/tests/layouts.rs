//! Page layouts, French and English, made after common templates, each with its own text and the truth beside it: what share of
//! the body's words is found (F1), and how often the date is right.
//!
//! A layout is a choice of where the body stands, how the date is stated, how the head is built and what stands around. The texts
//! are made of our own sentences; no page of anybody is in here. These are friendlier than the web: the floors are no promise.

use std::collections::BTreeMap;

use selon_ingest::{Limits, html};

const FRENCH: [&str; 12] = [
    "Le gouverneur de la région a annoncé mardi la mort de deux civils dans un village proche du fleuve.",
    "Des habitants ont manifesté devant la préfecture pour demander l'ouverture d'une enquête.",
    "Selon une organisation locale, les soldats cherchaient des hommes armés venus du nord.",
    "L'état-major n'a pas répondu aux questions des journalistes dans la journée.",
    "« Nous voulons savoir qui a donné l'ordre », a déclaré le chef du village à la radio.",
    "Le ministre de l'intérieur a promis de publier un rapport avant la fin du mois.",
    "Une dizaine de personnes ont été arrêtées dans le quartier du marché, d'après leurs avocats.",
    "Le syndicat des enseignants appelle à une grève de trois jours à partir de lundi.",
    "La circulation a repris en fin de matinée sur la route nationale, sous escorte.",
    "Les deux gouvernements ont signé un accord sur le partage des eaux après un an de négociations.",
    "Un convoi d'aide est arrivé jeudi dans la ville, où vivent des milliers de déplacés.",
    "Le tribunal a condamné l'ancien maire à deux ans de prison pour détournement.",
];
const ENGLISH: [&str; 12] = [
    "The governor said on Tuesday that two civilians had been killed in a village near the river.",
    "Residents marched to the council building to demand that an inquiry be opened.",
    "According to a local group, the soldiers were looking for armed men from the north.",
    "The army did not answer questions from reporters during the day.",
    "\"We want to know who gave the order,\" the village chief told a radio station.",
    "The interior minister promised to publish a report before the end of the month.",
    "About ten people were detained in the market district, their lawyers said.",
    "The teachers' union called a strike of three days to begin on Monday.",
    "Traffic resumed late in the morning on the main road, under escort.",
    "The two governments signed an agreement on sharing water after a year of talks.",
    "An aid convoy reached the town on Thursday, where thousands of displaced people live.",
    "The court sentenced the former mayor to two years in prison for embezzlement.",
];
const MONTHS: [[&str; 12]; 2] = [
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
];

struct Page {
    html: String,
    body: Vec<String>,
    date: String,
}

/// Layout number `number`; its choices run through the lists at different paces.
fn page(number: usize) -> Page {
    let english = number % 2 == 1;
    let pool = if english { &ENGLISH } else { &FRENCH };
    let paragraphs = 5 + number % 4;
    let body: Vec<String> = (0..paragraphs)
        .map(|at| format!("{} {} {}", pool[(number + at * 5) % 12], pool[(number * 7 + at * 3 + 1) % 12], pool[(number * 5 + at + 2) % 12]))
        .collect();
    let (year, month, day) = (2015 + number % 10, 1 + number * 5 % 12, 1 + number * 11 % 28);
    let date = format!("{year}-{month:02}-{day:02}");
    let (meta, shown) = dates(number, english, (year, month, day));
    let inner = body_html(number, english, &body);
    let html = frame(number, english, &meta, &shown, &inner);
    Page { html, body, date }
}

/// How the date is stated: in the head, and on the page.
fn dates(number: usize, english: bool, (year, month, day): (usize, usize, usize)) -> (String, String) {
    let iso = format!("{year}-{month:02}-{day:02}");
    let name = MONTHS[usize::from(english)][month - 1];
    let words = if english { format!("{name} {day}, {year}") } else { format!("{day} {name} {year}") };
    let said = if english { "Published" } else { "Publié le" };
    match number % 9 {
        0 => (
            format!(
                "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@graph\":[{{\"@type\":\"WebPage\"}},{{\"@type\":[\"NewsArticle\"],\"headline\":\"T\",\"datePublished\":\"{iso}T08:00:00Z\",\"dateModified\":\"2025-12-30T08:00:00Z\"}}]}}</script>"
            ),
            words,
        ),
        1 => (
            format!(
                "<meta property=\"article:modified_time\" content=\"2025-12-30T08:00:00Z\"><meta property=\"article:published_time\" content=\"{iso}T08:00:00+01:00\">"
            ),
            String::new(),
        ),
        2 => (String::new(), format!("<time datetime=\"{iso}T09:30\">{words}</time>")),
        3 => (String::new(), format!("<p class=\"meta-info\">{said} {words}</p>")),
        4 => (String::new(), format!("<span class=\"post-date\">{words}</span>")),
        5 => (format!("<meta name=\"DC.date.issued\" content=\"{iso}\">"), words),
        6 => (
            String::new(),
            format!(
                "<div class=\"dateline\">{said} {words} 10:05 — {} 30/12/2025</div>",
                if english { "Updated" } else { "Mis à jour le" }
            ),
        ),
        7 => (format!("<link rel=\"canonical\" href=\"https://gazette.example/{year}/{month:02}/{day:02}/titre\">"), String::new()),
        _ => (String::new(), format!("<span itemprop=\"datePublished\" content=\"{iso}\">{words}</span>")),
    }
}

/// Where the body stands and what stands in it.
fn body_html(number: usize, english: bool, body: &[String]) -> String {
    let also = if english { "Read also: The minister and his promises" } else { "Lire aussi : Le ministre et ses promesses" };
    let plain: Vec<String> = body.iter().map(|text| format!("<p>{text}</p>")).collect();
    let with = |middle: &str| format!("{}{middle}{}", plain[..2].concat(), plain[2..].concat());
    match number % 11 {
        0 => format!("<div class=\"article-body\">{}</div>", with(&format!("<p class=\"lire-aussi\"><a href=\"/x\">{also}</a></p>"))),
        1 => format!(
            "<div itemprop=\"articleBody\">{}</div>",
            with("<figure><img src=a.jpg><figcaption>Une rue. AGENCE</figcaption></figure>")
        ),
        2 => format!(
            "<section class=\"content\">{}</section>",
            with(&format!("<aside class=\"related\"><h3>{also}</h3><ul><li>Un</li></ul></aside>"))
        ),
        3 => format!("<div class=\"entry-content\">{}</div>", with(&format!("<p><strong>{also}</strong></p>"))),
        4 => format!("<div id=\"corps\">{}</div>", with("<div class=\"ad-slot ads\">Annonce du jour pour un produit</div>")),
        5 => format!("<table><tr><td class=\"gauche\">Menu</td><td>{}</td></tr></table>", with("")),
        6 => format!(
            "<div class=\"story\"><div class=\"b1\">{}</div><div class=\"promo\">Offre de la semaine</div><div class=\"b2\">{}</div></div>",
            plain[..3].concat(),
            plain[3..].concat()
        ),
        7 => format!("<div class=\"texte\">{}</div>", body.join("<br><br>")),
        8 => format!(
            "<div class=\"c-article-content js-x\">{}</div>",
            with(&format!(
                "<div class=\"newsletter-box\"><p>{}</p><form><input></form></div>",
                if english {
                    "Get our letter each morning in your mailbox."
                } else {
                    "Recevez notre lettre chaque matin dans votre boîte."
                }
            ))
        ),
        9 => format!(
            "<div class=\"post\"><div>{}</div></div>",
            body.iter().map(|text| format!("<div class=\"paragraph\"><p><span>{text}</span></p></div>")).collect::<String>()
        ),
        _ => format!(
            "<div class=\"field field-name-body\"><div class=\"field-items\">{}</div></div>",
            with("<blockquote class=\"share-quote share\">Partager</blockquote>")
        ),
    }
}

/// Head, navigation, column at the side, comments and foot.
fn frame(number: usize, english: bool, meta: &str, shown: &str, inner: &str) -> String {
    let lang = if english { "en" } else { "fr" };
    let other = if english {
        "Football: the home team wins again after extra time in the cup, to the joy of its supporters in town."
    } else {
        "Football : l'équipe locale gagne encore en prolongation, à la joie de ses supporteurs venus en nombre."
    };
    let title = if english { "Two killed near the river" } else { "Deux morts près du fleuve" };
    let nav: String = (0..15).map(|at| format!("<li><a href=\"/r{at}\">Rubrique {at}</a></li>")).collect();
    let side: String = (0..6)
        .map(|at| {
            format!("<div class=\"item\"><a href=\"/a{at}\"><h4>{other}</h4></a><time datetime=\"2025-12-{:02}\">x</time></div>", at + 1)
        })
        .collect();
    let comments: String = (0..5).map(|at| format!("<div class=\"comment\"><b>Lecteur {at}</b><p>{other} {other}</p></div>")).collect();
    let foot = format!("<footer><p>© La Gazette. {other}</p></footer>");
    let head = format!("<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=utf-8><title>{title} | La Gazette</title>{meta}</head>");
    let script = format!("<script>var x = {:?};</script>", "z".repeat(400));
    match number % 7 {
        0 => format!(
            "{head}<body><nav><ul>{nav}</ul></nav><main><article><header><h1>{title}</h1>{shown}</header>{inner}</article></main><aside>{side}</aside>{foot}{script}</body></html>"
        ),
        1 => format!(
            "{head}<body><div id=\"menu\"><ul>{nav}</ul></div><div id=\"page\"><div class=\"col-main\"><h1>{title}</h1>{shown}{inner}<div id=\"comments\">{comments}</div></div><div class=\"sidebar\">{side}</div></div>{foot}</body></html>"
        ),
        2 => format!(
            "{head}<body>{script}<div class=\"wrap\"><div class=\"head\"><ul>{nav}</ul></div><h1>{title}</h1><div>{shown}</div>{inner}<section class=\"related-articles\">{side}</section></div>{foot}</body></html>"
        ),
        3 => format!(
            "{head}<body class=\"single has-sidebar\"><header class=\"masthead\"><ul>{nav}</ul></header><article class=\"post\"><h1>{title}</h1>{shown}{inner}</article><div class=\"commentaires\">{comments}</div>{foot}</body></html>"
        ),
        4 => format!(
            "{head}<body><div><div><div><h1>{title}</h1>{shown}{inner}</div></div><div class=\"recommended\">{side}</div></div><div class=\"cookie-banner cookie\"><p>{other}</p></div>{foot}</body></html>"
        ),
        5 => format!("{head}<body><center><h1>{title}</h1>{shown}</center>{inner}<hr><ul>{nav}</ul>{foot}</body></html>"),
        _ => format!(
            "{head}<body><ul class=\"breadcrumb\">{nav}</ul><main><h1>{title}</h1>{shown}<div class=\"tags\"><a>Mali</a></div>{inner}<div class=\"share-bar share\">Partager</div></main><div class=\"trending\">{side}</div><div class=\"modal\"><p>{other}</p></div>{foot}</body></html>"
        ),
    }
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

fn f1(found: &str, truth: &str) -> f64 {
    let (found, truth) = (words(found), words(truth));
    let common: usize = found.iter().map(|(word, count)| (*count).min(truth.get(word).copied().unwrap_or(0))).sum();
    let sizes: usize = found.values().sum::<usize>() + truth.values().sum::<usize>();
    if sizes == 0 { 1.0 } else { 2.0 * common as f64 / sizes as f64 }
}

#[test]
fn body_and_date_of_seventy_seven_layouts() {
    const LAYOUTS: usize = 77;
    let (mut sum, mut dated, mut worst) = (0.0, 0, Vec::new());
    for number in 0..LAYOUTS {
        let page = page(number);
        let read = html::read(&page.html, None, Limits::default());
        let score = f1(&read.text, &page.body.join("\n"));
        let right = read.published.as_deref().is_some_and(|found| found.starts_with(&page.date));
        sum += score;
        dated += usize::from(right);
        if score < 0.97 || !right {
            worst.push(format!(
                "{number} (body {} frame {} date {}): F1 {score:.3}, {:?} for {}",
                number % 11,
                number % 7,
                number % 9,
                read.published,
                page.date
            ));
        }
    }
    let (body, dates) = (sum / LAYOUTS as f64, dated as f64 / LAYOUTS as f64);
    println!("layouts {LAYOUTS}, body F1 {body:.3}, dates right {dates:.3}\n{}", worst.join("\n"));
    assert!(body >= 0.95, "body F1 {body:.3}\n{}", worst.join("\n"));
    assert!(dates >= 0.95, "dates {dates:.3}\n{}", worst.join("\n"));
}

#[test]
fn pages_a_second() {
    // Pages of the size of real ones: 170 KB, most of it scripts, markup and links. The figure counts in a release build.
    let pages: Vec<String> = (0..20)
        .map(|number| {
            let furniture: String = (0..450).map(|at| format!("<li class=\"nav-item c{at}\"><a class=\"link link--small\" href=\"https://gazette.example/rubrique/{at}/article\" data-x=\"{at}\">Rubrique {at}</a></li>")).collect();
            let script = format!("<script>{}</script>", "var a = function(b) { return b + 1 };".repeat(2600));
            page(number).html.replace("<body", &format!("{script}<body")).replace("<footer>", &format!("<div class=\"menu\"><ul>{furniture}</ul></div><footer>"))
        })
        .collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let start = std::time::Instant::now();
    let read = pages.iter().filter(|page| !html::read(page, None, Limits::default()).text.is_empty()).count();
    let seconds = start.elapsed().as_secs_f64();
    println!("{} KB a page, {:.0} pages/s", bytes / pages.len() / 1024, pages.len() as f64 / seconds);
    assert_eq!(read, pages.len());
}
