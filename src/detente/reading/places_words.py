"""Words around the names of places."""

from __future__ import annotations

# Trimmed from the ends of a span.
LEADING = frozenset({"the", "The", "THE", "'s", "’s", "this", "that", "downtown", "Downtown", "nearby", "Greater"})
TRAILING = frozenset(
    {"'s", "’s", "'", "’", "-", "–", "—", ".", ",", ":", ";", '"', "”", "“", "(", ")", "area", "and", "of", "in"}
)

# Before a name they say that it is a place, whatever it is elsewhere.
IN = frozenset({"in", "near", "outside", "around", "across", "throughout"})

# "City of X", "X County".
DIVISIONS = frozenset(
    {"City", "city", "Town", "town", "Village", "village", "State", "state", "County", "Parish", "Province", "province"}
    | {"District", "district", "Governorate", "governorate", "Oblast", "oblast", "Prefecture", "Region", "region"}
    | {"Township", "Municipality", "Emirate", "Kingdom"}
)

# Those of them that an organisation takes over with the name: "Anbar Province Council", but "Ohio State University".
LENDING = frozenset({"County", "Parish", "Province", "Governorate", "Oblast", "Prefecture", "District", "Region"})

# Inside the names of places.
JOINING = frozenset({"of", "the", "and", "&", "-", "–"})

# No place by themselves, though divisions of some countries bear these names.
DIRECTIONS = frozenset(
    word.format(side)
    for side in ("North", "South", "East", "West", "Central", "Northeast", "Northwest", "Southeast", "Southwest")
    for word in ("{}", "{}ern")
) | frozenset({"Upper", "Lower", "Middle", "North West", "North East", "South West", "South East", "Capital", "Coast"})

# Natural features: an unknown name that ends or begins with one is a place.
LANDMARKS = frozenset(
    {"River", "Lake", "Mountain", "Mountains", "Mount", "Valley", "Island", "Islands", "Isle", "Sea", "Ocean", "Bay"}
    | {"Coast", "Peninsula", "Desert", "Forest", "Gulf", "Strait", "Straits", "Canyon", "Hill", "Hills", "Beach"}
    | {
        "Creek",
        "Plateau",
        "Delta",
        "Basin",
        "Cape",
        "Channel",
        "Canal",
        "Pass",
        "Reef",
        "Shoal",
        "Archipelago",
        "Atoll",
    }
    | {"River’s", "river", "valley", "mountains", "Plains", "Highlands", "Lowlands", "Wilderness", "Sound", "Oasis"}
)

# After a list of names: what each of them is.
PLURALS = {"counties": "County", "provinces": "Province", "governorates": "Governorate", "rivers": "River"} | {
    "regions": "Region",
    "oblasts": "Oblast",
    "districts": "District",
    "prefectures": "Prefecture",
    "parishes": "Parish",
}

# After the name of a town they make it another place: "the Vistula river".
FEATURES = frozenset(
    {"river", "River", "sea", "valley", "Valley", "mountains", "Mountains", "desert", "Desert", "delta"}
)

# Built places: an unknown name with one of them is a facility.
SITES = frozenset(
    {
        "Airport",
        "airport",
        "Airfield",
        "Base",
        "Stadium",
        "Arena",
        "Prison",
        "Jail",
        "Palace",
        "Tower",
        "Towers",
        "Port",
    }
    | {"Harbor", "Harbour", "Station", "Dam", "Plant", "Mosque", "Church", "Cathedral", "Temple", "Synagogue", "Shrine"}
    | {
        "Monastery",
        "Camp",
        "Barracks",
        "Fort",
        "Castle",
        "Museum",
        "Library",
        "Theatre",
        "Theater",
        "Hospital",
        "Plaza",
    }
    | {"Pier", "Gate", "Crossing", "crossing", "checkpoint", "Checkpoint", "refinery", "Refinery", "Cemetery", "Zoo"}
    | {"Hotel", "Mall", "Market", "Field", "Hall", "Building", "House", "Center", "Centre", "Gardens", "Memorial"}
    | {"Monument", "School", "University", "Embassy", "embassy", "Terminal", "Shipyard", "Mine", "Stadium"}
)

# Built places named after anybody and any town: the name does not say where they lie.
STREETS = frozenset(
    {"Road", "Rd.", "Street", "St.", "Avenue", "Ave.", "Boulevard", "Blvd.", "Highway", "Route", "Interstate", "Lane"}
    | {"Drive", "Way", "Parkway", "Square", "Park", "Bridge", "Tunnel", "Garden", "Place", "Court"}
)

# Before a name they say that it is a person.
TITLES = frozenset(
    {"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Sir", "Lord", "Lady", "President", "Minister", "Chancellor"}
    | {"Premier", "Secretary", "Senator", "Sen.", "Gov.", "Governor", "Rep.", "General", "Gen.", "Col.", "Colonel"}
    | {
        "Lt.",
        "Capt.",
        "Captain",
        "Maj.",
        "Major",
        "Sgt.",
        "Admiral",
        "Judge",
        "Justice",
        "Prof.",
        "Professor",
        "Sheikh",
    }
    | {"Ambassador", "Envoy", "Commissioner", "Chairman", "Prince", "Princess", "King", "Queen", "Pope", "Cardinal"}
)

# Names of towns that in the news are something else.
ELSEWHERE = frozenset(
    {"Mars", "Venus", "Jupiter", "Saturn", "Neptune", "Uranus", "Pluto", "Earth", "Moon", "Sun", "Internet", "Facebook"}
    | {
        "Twitter",
        "Google",
        "Amazon.com",
        "Apple",
        "Congress",
        "Senate",
        "Parliament",
        "God",
        "Allah",
        "Islam",
        "Christ",
    }
    | {"Covid", "Tamil", "Farsi", "Arabic", "Hindi", "Urdu", "Travel", "Embassy", "Ministry", "Republic"}
)

# "Columbia University" is not in Columbia; "the University of Oslo" is in Oslo.
COLLEGES = frozenset({"University", "College", "Institute", "Institution", "School", "Academy"})

# The recogniser's labels under which a well-known place is looked for; "" is no label.
OPEN = frozenset({"", "EVENT", "PRODUCT", "LANGUAGE", "LAW"})

# Places only with "the": without it they are somebody else's name.
ARTICLED = frozenset({"Amazon", "Hudson", "Orient"})

# The last words of papers and broadcasters: "The Washington Post" was not written about Washington.
PAPERS = frozenset(
    {
        "Post",
        "Times",
        "Journal",
        "Herald",
        "Tribune",
        "Gazette",
        "Star",
        "Sun",
        "News",
        "Chronicle",
        "Mail",
        "Telegraph",
    }
    | {"Globe", "Monitor", "Observer", "Independent", "Examiner", "Inquirer", "Daily", "Today", "TV", "Radio", "Review"}
)

# Words, ranks and days that are also the names of towns: places only where the recogniser says so.
COMMON = frozenset(
    [
        "Abu",
        "Action",
        "Ahu",
        "Ain",
        "Airport",
        "Al",
        "Alliance",
        "Anew",
        "Angle",
        "Annex",
        "April",
        "Area",
        "Army",
        "Assembly",
        "August",
        "Banning",
        "Bar",
        "Barn",
        "Barrage",
        "Basic",
        "Bath",
        "Beautiful",
        "Begun",
        "Bend",
        "Best",
        "Bin",
        "Bismarck",
        "Black",
        "Bloom",
        "Bona",
        "Bone",
        "Boon",
        "Bore",
        "Born",
        "Borne",
        "Bow",
        "Brave",
        "Brick",
        "Brown",
        "Bury",
        "Bust",
        "Buy",
        "Caller",
        "Can",
        "Canal",
        "Cars",
        "Center",
        "Centre",
        "Chair",
        "Church",
        "Coast",
        "Coin",
        "Colony",
        "Coma",
        "Come",
        "Commonwealth",
        "Congress",
        "Continental",
        "Corona",
        "Council",
        "Court",
        "Crystal",
        "Currents",
        "Da",
        "Date",
        "Dawn",
        "De",
        "Deal",
        "December",
        "Del",
        "Di",
        "Dig",
        "Dire",
        "Division",
        "Downtown",
        "Drama",
        "Drug",
        "Dual",
        "El",
        "Enterprise",
        "Equator",
        "Erode",
        "Ever",
        "Fatah",
        "Fate",
        "February",
        "Federal",
        "Fleet",
        "Fora",
        "Ford",
        "Fore",
        "Forest",
        "Fortune",
        "Fountain",
        "Freedom",
        "Fri",
        "Friday",
        "From",
        "Front",
        "Gap",
        "Garner",
        "Gay",
        "General",
        "Genes",
        "Goes",
        "Gold",
        "Grad",
        "Grass",
        "Gray",
        "Green",
        "Grenade",
        "Hail",
        "Hall",
        "Hamas",
        "Hang",
        "Hill",
        "Hire",
        "Hit",
        "Holiday",
        "Hope",
        "House",
        "Hub",
        "Human",
        "Ibis",
        "Independence",
        "Interior",
        "Jam",
        "January",
        "July",
        "June",
        "Justice",
        "Keen",
        "King",
        "La",
        "Las",
        "Le",
        "Lend",
        "Lens",
        "Liberal",
        "Liberation",
        "Liberty",
        "Lion",
        "Lively",
        "Lone",
        "Loop",
        "Los",
        "Lot",
        "Luck",
        "Major",
        "Male",
        "Man",
        "Manage",
        "March",
        "Maritime",
        "Market",
        "Marks",
        "Marshal",
        "May",
        "Media",
        "Mentor",
        "Metro",
        "Middle",
        "Mile",
        "Mine",
        "Mission",
        "Missions",
        "Mobile",
        "Mon",
        "Monday",
        "Monster",
        "More",
        "Mosquito",
        "Most",
        "Mountain",
        "Mountains",
        "Name",
        "Navy",
        "Never",
        "Nice",
        "Nor",
        "Normal",
        "Northeast",
        "Northeastern",
        "Northern",
        "Northwest",
        "November",
        "October",
        "Okay",
        "Opportunity",
        "Oral",
        "Orange",
        "Outer",
        "Pace",
        "Para",
        "Paramount",
        "Parliament",
        "Party",
        "Peace",
        "Pets",
        "Plain",
        "Plaque",
        "Police",
        "Pool",
        "Pop",
        "Port",
        "Possession",
        "President",
        "Proclamation",
        "Progress",
        "Province",
        "Punch",
        "Queen",
        "Rapid",
        "Reading",
        "Reservoir",
        "Rest",
        "Retreat",
        "Rich",
        "Riding",
        "Ripple",
        "Rise",
        "Rivers",
        "Roles",
        "Rugby",
        "Rung",
        "Saint",
        "Sale",
        "Salt",
        "Same",
        "San",
        "Santa",
        "Sat",
        "Saturday",
        "Savage",
        "Save",
        "Seaside",
        "Sedan",
        "Seen",
        "Semi",
        "Senate",
        "September",
        "Shaping",
        "Shoreline",
        "Shot",
        "Shut",
        "Side",
        "Simmering",
        "Since",
        "Sing",
        "Skies",
        "Slaughter",
        "Sole",
        "Solo",
        "Son",
        "Soul",
        "Sour",
        "Southeastern",
        "Southern",
        "Southwest",
        "Spike",
        "Spire",
        "Split",
        "Spoken",
        "Spring",
        "Stoke",
        "Store",
        "Sue",
        "Summit",
        "Sun",
        "Sunday",
        "Sunset",
        "Superior",
        "Surprise",
        "Sweet",
        "Tale",
        "Taliban",
        "Tall",
        "Tank",
        "Tape",
        "Tell",
        "Temple",
        "Than",
        "Thorn",
        "Thu",
        "Thursday",
        "Tire",
        "Tobacco",
        "Tongue",
        "Torn",
        "Torrent",
        "Tour",
        "Tours",
        "Trap",
        "Tue",
        "Tuesday",
        "Tune",
        "Turn",
        "Union",
        "Unity",
        "University",
        "Van",
        "Veto",
        "Victor",
        "Victory",
        "Waits",
        "Wave",
        "Waver",
        "Wed",
        "Wedding",
        "Wednesday",
        "White",
        "Wild",
        "Wood",
        "Young",
    ]
)
