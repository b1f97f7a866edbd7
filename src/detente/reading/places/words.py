"""Words around the names of places."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Trimmed from the front of a span.
LEADING = _words("""
    's Downtown Greater THE The downtown nearby that the this ’s
""")

# Trimmed from its end.
TRAILING = _words("""
    " ' 's ( ) , - . : ; and area in of – — ’ ’s “ ”
""")

# Before a name they say that it is a place, whatever it is elsewhere.
IN = _words("""
    across around in near outside throughout
""")

# "City of X", "X County".
DIVISIONS = _words("""
    City County District Emirate Governorate Kingdom Municipality Oblast Parish Prefecture Province Region
    State Town Township Village city district governorate oblast province region state town village
""")

# Those of them that an organisation takes over with the name: "Anbar Province Council", not "Ohio State University".
LENDING = _words("""
    County District Governorate Oblast Parish Prefecture Province Region
""")

# Inside the names of places.
JOINING = _words("""
    & - and of the –
""")

# No place by themselves, though divisions of some countries bear these names.
DIRECTIONS = _words("""
    Capital Central Centralern Coast East Eastern Lower Middle North Northeast Northeastern Northern
    Northwest Northwestern South Southeast Southeastern Southern Southwest Southwestern Upper West Western
""") | {"North East", "North West", "South East", "South West"}

# Natural features: an unknown name that ends or begins with one is a place.
LANDMARKS = _words("""
    Archipelago Atoll Basin Bay Beach Canal Canyon Cape Channel Coast Creek Delta Desert Forest Gulf
    Highlands Hill Hills Island Islands Isle Lake Lowlands Mount Mountain Mountains Oasis Ocean Pass
    Peninsula Plains Plateau Reef River River’s Sea Shoal Sound Strait Straits Valley Wilderness mountains
    river valley
""")

# After the name of a town they make it another place: "the Vistula river".
FEATURES = _words("""
    Desert Mountains River Valley delta desert mountains river sea valley
""")

# Built places: an unknown name with one of them is a facility.
SITES = _words("""
    Airfield Airport Arena Barracks Base Building Camp Castle Cathedral Cemetery Center Centre Checkpoint
    Church Crossing Dam Embassy Field Fort Gardens Gate Hall Harbor Harbour Hospital Hotel House Jail
    Library Mall Market Memorial Mine Monastery Monument Mosque Museum Palace Pier Plant Plaza Port Prison
    Refinery School Shipyard Shrine Stadium Station Synagogue Temple Terminal Theater Theatre Tower Towers
    University Zoo airport checkpoint crossing embassy refinery
""")

# Built places named after anybody and any town: the name does not say where they lie.
STREETS = _words("""
    Ave. Avenue Blvd. Boulevard Bridge Court Drive Garden Highway Interstate Lane Park Parkway Place Rd.
    Road Route Square St. Street Tunnel Way
""")

# Before a name they say that it is a person.
TITLES = _words("""
    Admiral Ambassador Capt. Captain Cardinal Chairman Chancellor Col. Colonel Commissioner Dr Dr. Envoy
    Gen. General Gov. Governor Judge Justice King Lady Lord Lt. Maj. Major Minister Mr Mr. Mrs Mrs. Ms Ms.
    Pope Premier President Prince Princess Prof. Professor Queen Rep. Secretary Sen. Senator Sgt. Sheikh Sir
""")

# Armies do so to towns, seldom to people.
TAKING = _words("""
    besieged bombarded bombed captured entered liberated overran reached recaptured retook seized shelled struck took taken
""")

# Names of towns that in the news are something else.
ELSEWHERE = _words("""
    Allah Amazon.com Apple Arabic Christ Congress Covid Earth Embassy Facebook Farsi God Google Hindi
    Internet Islam Jupiter Mars Ministry Moon Neptune Parliament Pluto Republic Saturn Senate Sun Tamil
    Travel Twitter Uranus Urdu Venus
""")

# "Columbia University" is not in Columbia; "the University of Oslo" is in Oslo.
COLLEGES = _words("""
    Academy College Institute Institution School University
""")

# The recogniser's labels under which a well-known place is looked for; "" is no label.
OPEN = _words("""
    EVENT LANGUAGE LAW PRODUCT
""") | {""}

# Places only with "the": without it they are somebody else's name.
ARTICLED = _words("""
    Amazon Hudson Orient
""")

# The last words of papers and broadcasters: "The Washington Post" was not written about Washington.
PAPERS = _words("""
    Chronicle Daily Examiner Gazette Globe Herald Independent Inquirer Journal Mail Monitor News Observer
    Post Radio Review Star Sun TV Telegraph Times Today Tribune
""")

# Words, ranks and days that are also the names of towns: places only where the recogniser says so.
COMMON = _words("""
    Abu Action Ahu Ain Airport Al Alliance Anew Angle Annex April Area Army Assembly August Banning Bar Barn
    Barrage Basic Bath Beautiful Begun Bend Best Bin Bismarck Black Bloom Bona Bone Boon Bore Born Borne Bow
    Brave Brick Brown Bury Bust Buy Caller Can Canal Cars Center Centre Chair Church Coast Coin Colony Coma
    Come Commonwealth Congress Continental Corona Council Court Crystal Currents Da Date Dawn De Deal
    December Del Di Dig Dire Division Downtown Drama Drug Dual El Enterprise Equator Erode Ever Fatah Fate
    February Federal Fleet Fora Ford Fore Forest Fortune Fountain Freedom Fri Friday From Front Gap Garner
    Gay General Genes Goes Gold Grad Grass Gray Green Grenade Hail Hall Hamas Hang Hill Hire Hit Holiday
    Hope House Hub Human Ibis Independence Interior Jam January July June Justice Keen King La Las Le Lend
    Lens Liberal Liberation Liberty Lion Lively Lone Loop Los Lot Luck Major Male Man Manage March Maritime
    Market Marks Marshal May Media Mentor Metro Middle Mile Mine Mission Missions Mobile Mon Monday Monster
    More Mosquito Most Mountain Mountains Name Navy Never Nice Nor Normal Northeast Northeastern Northern
    Northwest November October Okay Opportunity Oral Orange Outer Pace Para Paramount Parliament Party Peace
    Pets Plain Plaque Police Pool Pop Port Possession President Proclamation Progress Province Punch Queen
    Rapid Reading Reservoir Rest Retreat Rich Riding Ripple Rise Rivers Roles Rugby Rung Saint Sale Salt
    Same San Santa Sat Saturday Savage Save Seaside Sedan Seen Semi Senate September Shaping Shoreline Shot
    Shut Side Simmering Since Sing Skies Slaughter Sole Solo Son Soul Sour Southeastern Southern Southwest
    Spike Spire Split Spoken Spring Stoke Store Sue Summit Sun Sunday Sunset Superior Surprise Sweet Tale
    Taliban Tall Tank Tape Tell Temple Than Thorn Thu Thursday Tire Tobacco Tongue Torn Torrent Tour Tours
    Trap Tue Tuesday Tune Turn Union Unity University Van Veto Victor Victory Waits Wave Waver Wed Wedding
    Wednesday White Wild Wood Young
""")

# After a list of names: what each of them is.
PLURALS = {
    "counties": "County",
    "provinces": "Province",
    "governorates": "Governorate",
    "rivers": "River",
    "regions": "Region",
    "oblasts": "Oblast",
    "districts": "District",
    "prefectures": "Prefecture",
    "parishes": "Parish",
}
