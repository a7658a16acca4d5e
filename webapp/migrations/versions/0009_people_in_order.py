"""people of a date in the order of their names, and what is counted of it, each by an index

Revision ID: 0009
Revises: 0008

"""
import unicodedata

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

CURLED = '\N{RIGHT SINGLE QUOTATION MARK}'
LONGEST = 120
AT_ONCE = 5000

booking = sa.table('booking', sa.column('id', sa.Integer), sa.column('name', sa.Text), sa.column('sort_name', sa.Text))


def _sort_key(name):
    """As `webapp.plain` made it then."""
    letters = unicodedata.normalize('NFKD', name.casefold()).replace(CURLED, "'")
    return ''.join(one for one in letters if not unicodedata.combining(one)).casefold()[:LONGEST]


def _fill():
    """From one booking on to the next, so that never are many in memory."""
    connection, last = op.get_bind(), 0
    some = sa.select(booking.c.id, booking.c.name).order_by(booking.c.id).limit(AT_ONCE)
    keyed = booking.update().where(booking.c.id == sa.bindparam('key')).values(sort_name=sa.bindparam('sorts'))
    while rows := connection.execute(some.where(booking.c.id > last)).all():
        connection.execute(keyed, [{'key': key, 'sorts': _sort_key(name)} for key, name in rows])
        last = rows[-1].id


def upgrade():
    kept_as = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
    op.add_column('booking', sa.Column('sort_name', kept_as, nullable=False, server_default=''))
    _fill()
    op.create_index('ix_booking_course_date_name', 'booking', ['course_date_id', 'sort_name', 'id', 'state'], unique=False)
    op.drop_index('ix_booking_course_date_state', table_name='booking')
    op.create_index(
        'ix_booking_course_date_state',
        'booking',
        ['course_date_id', 'state', 'agency_id', 'attendance', 'is_walk_in', 'approval_asked_at'],
        unique=False,
    )


def downgrade():
    op.drop_index('ix_booking_course_date_state', table_name='booking')
    op.create_index('ix_booking_course_date_state', 'booking', ['course_date_id', 'state'], unique=False)
    op.drop_index('ix_booking_course_date_name', table_name='booking')
    op.drop_column('booking', 'sort_name')
