"""how long each kind of record is kept, and until when a date can be cancelled

Revision ID: 0008
Revises: 0007

"""
from datetime import UTC, datetime

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

NUMBERS = {
    'manager_days': '90',
    'evaluation_years': '2',
    'audit_years': '6',
    'interest_years': '2',
    'news_days': '365',
    'attempt_days': '1',
}


def upgrade():
    for name, default in NUMBERS.items():
        op.add_column('partnership', sa.Column(name, sa.Integer(), nullable=False, server_default=default))
    op.add_column('course_date', sa.Column('cut_off_days', sa.Integer(), nullable=True))
    op.add_column('partnership', sa.Column('forgotten_at', sa.DateTime(), nullable=True))
    # What people were told so far. And nothing goes at once: there is a night to change it.
    op.execute('UPDATE partnership SET evaluation_years = booking_years, audit_years = booking_years')
    partnership = sa.table('partnership', sa.column('forgotten_at', sa.DateTime()))
    op.execute(partnership.update().values(forgotten_at=datetime.now(UTC).replace(tzinfo=None)))


def downgrade():
    op.drop_column('partnership', 'forgotten_at')
    op.drop_column('course_date', 'cut_off_days')
    for name in reversed(NUMBERS):
        op.drop_column('partnership', name)
