-- When a referral left that may have arrived (送达时刻): written before it is sent, deleted where it certainly did not arrive.
create table referral_post (
    referral  uuid primary key,
    posted_at timestamptz not null
);
